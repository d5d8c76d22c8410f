# Systems of others: why there is no answer, and what to do.
remote-fault-unreachable = YÖKSİS cannot be reached. Try again in a while; if it goes on, your administrator should look at the server’s connection to the outside.
remote-fault-untrusted = The certificate of YÖKSİS is not known, so that no connection was made. Tell your administrator.
remote-fault-timed_out = YÖKSİS did not answer in time. Try again in a while.
remote-fault-refused = The YÖKSİS account, its password, its right to this service or the address of the server was refused. Your administrator should look at the settings and at what is registered with YÖK.
remote-fault-not_there = There is no such service at the address of YÖKSİS. Your administrator should look at the address.
remote-fault-busy = YÖKSİS is busy. Try again in a few minutes.
remote-fault-busy_for = YÖKSİS is busy and asks to try again in { $seconds } seconds.
remote-fault-rejected = YÖKSİS did not accept the question (status { $status }). Check the year and the kind of placement.
remote-fault-down = YÖKSİS does not work at the moment (status { $status }). Try again later.
remote-fault-not_data = YÖKSİS sent a page in place of data; it may be under maintenance. Try again later.
remote-fault-cut_off = The answer of YÖKSİS ends in the middle. Try again.
remote-fault-unexpected = YÖKSİS gave an unexpected answer. Try again; if it goes on, tell your administrator.
remote-fault-fields_missing = Fields are missing in the answer of YÖKSİS: { $fields }. The service may have changed; tell your administrator.
remote-fault-too_much = The answer of YÖKSİS is larger than a list can be. Tell your administrator.
remote-fault-changing = The list kept changing at YÖKSİS while it was read and could not be taken as a whole. Try again in a few minutes.
remote-fault-not_configured = No YÖKSİS account is set. Your administrator should add the lines yoksis_account and yoksis_password_file to kunye.toml.
remote-fault-not_written = The list that came could not be written. Your administrator should look at the server’s log.
