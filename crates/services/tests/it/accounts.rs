//! Accounts and sign-in, as policy promises them.

use std::time::Duration;

use base::{
    ids::{AccountId, EntryId},
    lang::Lang,
    time::{Date, Timestamp},
};
use domain::{
    accounts::{AccountStatus, LinkPurpose, Role},
    enrolments::EnrolmentStatus,
    ledger::GroundKind,
};
use services::{
    Action, Actor, FieldError, Office, ServiceError,
    accounts::{
        ABSOLUTE, ACTIVATION_VALID, AccountQuery, AddAccount, AddToken, AssignRole, ChangeAccount,
        ChangePassword, ChangeStatus, ConfirmPassword, ConfirmToken, IDLE, IdentityProof, IssueStudentLink,
        Password, RESET_VALID, RoleRequest, Session, Settings, SignIn, SignedIn, TOUCH_EVERY, Theme,
        TokenScope, UseLink, WithdrawRole, actor_of_account, add_account, add_token, assign_role,
        change_account, change_password, change_password_by_token, change_settings, choose_term, choose_unit,
        close_account, confirm_password, confirm_token, end_other_sessions, end_session, find_session,
        find_token, forget_expired, issue_link, issue_student_link, list_accounts, list_sessions,
        list_tokens, lock_account, look_up_link, open_student_accounts, revoke_token, set_password_by_link,
        show_account, sign_in, sign_out, touch_session, unlock_account, withdraw_role,
    },
    authz::{self, CONFIRMATION_MINUTES, Resource},
    records::{Checked, apply_records},
    students::change_status::{ChangeStatus as NewStatus, ReverseEntry, change_status, reverse_entry},
};
use storage::{
    audit::{AuditFilter, AuditLine},
    records::RecordsFile,
};
use testkit::{RecordsFolder, TestOffice};

use crate::house::House;

const GOOD: &str = "üç fındık bir sepet";
const OTHER: &str = "kış gecesi kar yağar";
const HERE: &str = "192.0.2.7";

fn console() -> Actor {
    Actor::system("test")
}

/// Opens an account with a role of the whole institution and sets its password by its link.
async fn opened(office: &Office, user_name: &str, role: Role) -> AccountId {
    let added = add_account(office, &console(), form(user_name, role)).await.expect("account");
    let token = added.link.token.reveal().to_owned();
    set_password_by_link(office, use_link(&token, GOOD)).await.expect("password")
}

fn form(user_name: &str, role: Role) -> AddAccount {
    AddAccount {
        user_name: user_name.to_owned(),
        display_name: format!("{user_name} Örnek"),
        roles: vec![everywhere(role)],
        person: None,
        staff: None,
    }
}

fn everywhere(role: Role) -> RoleRequest {
    RoleRequest { role, unit: None, programme: None, starts_on: None, ends_on: None }
}

fn use_link(token: &str, password: &str) -> UseLink {
    UseLink { token: token.to_owned(), password: Password::new(password), request: "test".to_owned() }
}

async fn try_from(
    office: &Office,
    address: &str,
    user_name: &str,
    password: &str,
) -> Result<SignedIn, ServiceError> {
    let command = SignIn {
        user_name: user_name.to_owned(),
        password: Password::new(password),
        address: address.to_owned(),
        previous: None,
        request: "test".to_owned(),
    };
    sign_in(office, command).await
}

async fn try_in(office: &Office, user_name: &str, password: &str) -> Result<SignedIn, ServiceError> {
    try_from(office, HERE, user_name, password).await
}

async fn signed_in(office: &Office, user_name: &str) -> (String, Session) {
    let token = try_in(office, user_name, GOOD).await.expect("signed in").token.reveal().to_owned();
    let session = session(office, &token).await.expect("session");
    (token, session)
}

async fn session(office: &Office, token: &str) -> Option<Session> {
    find_session(office, token, "test").await.expect("database")
}

fn confirm(password: &str) -> ConfirmPassword {
    ConfirmPassword { password: Password::new(password), address: HERE.to_owned() }
}

/// The one complaint of an answer, as `field: code`.
#[track_caller]
fn complaint<T: std::fmt::Debug>(answer: Result<T, ServiceError>) -> String {
    match answer {
        Err(ServiceError::Invalid(errors)) => match errors.as_slice() {
            [FieldError { field, code, .. }] => format!("{field}: {code}"),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn pause(answer: Result<SignedIn, ServiceError>, now: Timestamp) -> i64 {
    match answer {
        Err(ServiceError::Throttled(until)) => until.duration_since(now).as_secs(),
        other => panic!("{other:?}"),
    }
}

async fn version(office: &Office, id: AccountId) -> i64 {
    show_account(office, &console(), id).await.expect("account").account.version
}

async fn status(office: &Office, id: AccountId) -> ChangeStatus {
    ChangeStatus { account: id, version: version(office, id).await, reason: "görevden ayrıldı".to_owned() }
}

async fn audit(office: &Office, action: &str) -> Vec<AuditLine> {
    office.reads.flush().await;
    let filter = AuditFilter { action: action.to_owned(), limit: 100, ..AuditFilter::default() };
    office.db.read(move |db| storage::audit::list(db, &filter)).await.expect("audit log")
}

#[tokio::test]
async fn a_stranger_learns_nothing() {
    for House { office, .. } in &House::all().await {
        opened(office, "selma", Role::Registrar).await;
        add_account(office, &console(), form("davetli", Role::Registrar)).await.expect("account");
        let locked = opened(office, "kilitli", Role::Registrar).await;
        lock_account(office, &console(), status(office, locked).await).await.expect("locked");
        let closed = opened(office, "kapali", Role::Registrar).await;
        close_account(office, &console(), status(office, closed).await).await.expect("closed");
        for name in [
            "selma",
            "davetli",
            "kilitli",
            "kapali",
            "kimse-yok",
            "sistem",
            "",
            "12345678950",
            &"x".repeat(9000),
        ] {
            let answer = try_in(office, name, "yanlış bir parola").await;
            assert_eq!(complaint(answer), "password: sign-in-wrong", "{name}");
        }
        assert_eq!(complaint(try_in(office, "kilitli", GOOD).await), "password: account-locked");
        assert_eq!(complaint(try_in(office, "kapali", GOOD).await), "password: account-closed");
        try_in(office, "selma", GOOD).await.expect("the right one");

        let failed = audit(office, "sign_in_failed").await;
        assert_eq!(failed.len(), 11);
        assert!(
            failed.iter().all(|line| !format!("{line:?}").contains("kimse-yok")),
            "what was typed is not kept"
        );
    }
}

#[tokio::test]
async fn failures_lengthen_the_pause_alike_for_known_and_unknown_names() {
    for House { office, clock, .. } in &House::all().await {
        let id = opened(office, "selma", Role::Registrar).await;
        for name in ["selma", "kimse-yok"] {
            for _ in 0..4 {
                assert_eq!(
                    complaint(try_in(office, name, "yanlış bir parola").await),
                    "password: sign-in-wrong"
                );
            }
            let mut told = Vec::new();
            for _ in 0..4 {
                let length = pause(try_in(office, name, "yanlış bir parola").await, office.now());
                told.push(length);
                assert_eq!(
                    pause(try_in(office, name, GOOD).await, office.now()),
                    length,
                    "even the right one waits"
                );
                if name == "selma" {
                    let shown = show_account(office, &console(), id).await.expect("account").paused_until;
                    assert_eq!(shown.map(|until| until.duration_since(office.now()).as_secs()), Some(length));
                }
                clock.advance(Duration::from_secs(length.unsigned_abs()));
            }
            assert_eq!(told, [60, 300, 900, 900]);
        }
        try_in(office, "selma", GOOD).await.expect("after the pause");
        assert_eq!(complaint(try_in(office, "selma", "yanlış bir parola").await), "password: sign-in-wrong");
    }
}

#[tokio::test]
async fn many_guesses_at_once_do_not_slip_through() {
    for House { office, .. } in &House::all().await {
        opened(office, "selma", Role::Registrar).await;
        let tries: Vec<_> = (0..12)
            .map(|n| {
                let office = office.clone();
                tokio::spawn(async move { try_in(&office, "selma", &format!("tahmin {n} tahmin")).await })
            })
            .collect();
        let mut looked_at = 0;
        for answer in tries {
            match answer.await.expect("task") {
                Err(ServiceError::Invalid(_)) => looked_at += 1,
                Err(ServiceError::Throttled(_)) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(looked_at, 4, "the fifth begins the pause");
    }
}

#[tokio::test]
async fn one_address_is_slowed_down_and_others_are_not() {
    for House { office, clock, .. } in &House::all().await {
        opened(office, "selma", Role::Registrar).await;
        for n in 0..60 {
            // A name that rests costs the guesser his address all the same.
            let name = if n < 30 { "birinci" } else { "ikinci" };
            assert!(try_from(office, "2001:db8::1", name, "yanlış bir parola").await.is_err());
        }
        let answer = try_from(office, "2001:db8::2", "selma", GOOD).await;
        assert_eq!(pause(answer, office.now()), 15 * 60);
        try_in(office, "selma", GOOD).await.expect("from elsewhere");
        clock.advance(Duration::from_secs(15 * 60));
        try_from(office, "2001:db8::1", "selma", GOOD).await.expect("afterwards");
    }
}

#[tokio::test]
async fn a_link_is_used_once_while_it_holds() {
    for House { office, clock, .. } in &House::all().await {
        let added =
            add_account(office, &console(), form("Çağrı.IŞIK", Role::Registrar)).await.expect("account");
        let (id, first) = (added.account, added.link.token.reveal().to_owned());
        assert_eq!(added.link.purpose, LinkPurpose::Activation);
        assert_eq!(added.link.url(office), format!("https://kunye.example.invalid/etkinlestir/{first}"));
        let holder = look_up_link(office, &first).await.expect("link");
        assert_eq!(
            (holder.user_name.as_str(), holder.display_name.as_str()),
            ("cagri.isik", "Çağrı.IŞIK Örnek")
        );

        let short = set_password_by_link(office, use_link(&first, "kısa")).await;
        assert_eq!(complaint(short), "password: password-too-short");
        let own = set_password_by_link(office, use_link(&first, "Çağrı.Işık")).await;
        assert_eq!(complaint(own), "password: password-is-user-name");

        let second = issue_link(office, &console(), id).await.expect("link").token.reveal().to_owned();
        assert!(
            matches!(look_up_link(office, &first).await, Err(ServiceError::NotFound)),
            "voided by the second"
        );
        clock.advance(ACTIVATION_VALID);
        assert!(matches!(
            set_password_by_link(office, use_link(&second, GOOD)).await,
            Err(ServiceError::NotFound)
        ));

        let third = issue_link(office, &console(), id).await.expect("link").token.reveal().to_owned();
        clock.advance(ACTIVATION_VALID - Duration::from_secs(1));
        set_password_by_link(office, use_link(&third, GOOD)).await.expect("in time");
        assert!(matches!(
            set_password_by_link(office, use_link(&third, OTHER)).await,
            Err(ServiceError::NotFound)
        ));
        for spelling in ["çağrı.ışık", "CAGRI.ISIK", " Cagri.Isik "] {
            try_in(office, spelling, GOOD).await.expect(spelling);
        }
    }
}

#[tokio::test]
async fn a_reset_signs_everybody_off_and_ends_the_pause() {
    for House { office, clock, .. } in &House::all().await {
        let id = opened(office, "selma", Role::Registrar).await;
        let (token, session_before) = signed_in(office, "selma").await;
        let add = AddToken {
            account: id,
            name: "aktarım".to_owned(),
            scope: TokenScope::Read,
            expires_on: office.today(),
        };
        let api = add_token(office, &session_before.actor, add).await.expect("token");
        for _ in 0..6 {
            try_in(office, "selma", "yanlış bir parola").await.expect_err("wrong");
        }
        let link = issue_link(office, &console(), id).await.expect("link");
        assert_eq!(link.purpose, LinkPurpose::Reset);
        assert_eq!(
            link.expires_at.duration_since(office.now()).as_secs().unsigned_abs(),
            RESET_VALID.as_secs()
        );
        assert!(session(office, &token).await.is_some(), "a link alone changes nothing");
        set_password_by_link(office, use_link(link.token.reveal(), OTHER)).await.expect("reset");
        assert!(session(office, &token).await.is_none());
        assert!(find_token(office, &api.token, "test").await.expect("database").is_none());
        assert_eq!(complaint(try_in(office, "selma", GOOD).await), "password: sign-in-wrong");
        try_in(office, "selma", OTHER).await.expect("at once");
        clock.advance(RESET_VALID);
        let late = issue_link(office, &console(), id).await.expect("link").token.reveal().to_owned();
        clock.advance(RESET_VALID);
        assert!(matches!(look_up_link(office, &late).await, Err(ServiceError::NotFound)));
    }
}

#[tokio::test]
async fn tokens_change_when_somebody_proves_who_it_is() {
    for House { office, clock, .. } in &House::all().await {
        opened(office, "yonetim", Role::Administrator).await;
        let (first, _) = signed_in(office, "yonetim").await;
        let again = SignIn {
            user_name: "yonetim".to_owned(),
            password: Password::new(GOOD),
            address: HERE.to_owned(),
            previous: Some(first.clone()),
            request: "test".to_owned(),
        };
        let second = sign_in(office, again).await.expect("signed in").token.reveal().to_owned();
        assert_ne!(first, second);
        assert!(session(office, &first).await.is_none(), "the browser's earlier session has ended");

        let minutes = u64::try_from(CONFIRMATION_MINUTES).expect("minutes");
        clock.advance(Duration::from_secs(minutes * 60));
        let stale = session(office, &second).await.expect("session");
        let refused = add_account(office, &stale.actor, form("yeni", Role::Registrar)).await;
        assert!(matches!(refused, Err(ServiceError::NeedsConfirmation)), "{refused:?}");
        let wrong = confirm_password(office, &stale, confirm(OTHER)).await;
        assert_eq!(complaint(wrong), "password: password-wrong");
        let third =
            confirm_password(office, &stale, confirm(GOOD)).await.expect("confirmed").reveal().to_owned();
        assert!(session(office, &second).await.is_none());
        let fresh = session(office, &third).await.expect("session");
        assert_eq!(fresh.csrf, stale.csrf, "forms in other tabs stay valid");
        add_account(office, &fresh.actor, form("yeni", Role::Registrar)).await.expect("account");
        let gone = confirm_password(office, &stale, confirm(GOOD)).await;
        assert!(matches!(gone, Err(ServiceError::NotFound)), "a token is rotated once: {gone:?}");

        sign_out(office, &fresh).await.expect("signed out");
        assert!(session(office, &third).await.is_none());
        assert_eq!(audit(office, "confirm_password").await.len(), 1);
        assert_eq!(audit(office, "sign_out").await.len(), 1);
    }
}

#[tokio::test]
async fn a_session_ends_when_idle_and_in_any_case_in_the_evening() {
    for House { office, clock, .. } in &House::all().await {
        opened(office, "selma", Role::Registrar).await;
        let (token, begun) = signed_in(office, "selma").await;
        assert_eq!(begun.ends_at.duration_since(office.now()).as_secs().unsigned_abs(), IDLE.as_secs());
        clock.advance(IDLE);
        assert!(session(office, &token).await.is_none());

        let (token, begun) = signed_in(office, "selma").await;
        clock.advance(TOUCH_EVERY - Duration::from_secs(1));
        touch_session(office, &begun).await.expect("too early to write");
        clock.advance(IDLE - TOUCH_EVERY);
        let found = session(office, &token).await.expect("one second left");
        touch_session(office, &found).await.expect("touched");
        let mut hours = IDLE;
        while hours < ABSOLUTE {
            let found = session(office, &token).await.expect("in use");
            touch_session(office, &found).await.expect("touched");
            clock.advance(Duration::from_secs(30 * 60));
            hours += Duration::from_secs(30 * 60);
        }
        clock.advance(Duration::from_secs(1));
        assert!(session(office, &token).await.is_none(), "twelve hours are enough");
        assert_eq!(forget_expired(office).await.expect("forgotten").sessions, 2);
        assert!(session(office, "no such token").await.is_none());
    }
}

#[tokio::test]
async fn own_sessions_are_seen_and_ended() {
    for House { office, clock, .. } in &House::all().await {
        opened(office, "selma", Role::Registrar).await;
        opened(office, "baska", Role::Registrar).await;
        let (desk, _) = signed_in(office, "selma").await;
        let (phone, _) = signed_in(office, "selma").await;
        let (_, stranger) = signed_in(office, "baska").await;
        clock.advance(Duration::from_secs(60));
        let (_, this) = signed_in(office, "selma").await;
        let open = list_sessions(office, &this.actor, Some(&this)).await.expect("sessions");
        assert_eq!(open.iter().map(|s| s.is_this).collect::<Vec<_>>(), [true, false, false]);
        let not_mine = end_session(office, &stranger.actor, open[1].handle.clone()).await;
        assert!(matches!(not_mine, Err(ServiceError::NotFound)));
        end_session(office, &this.actor, open[1].handle.clone()).await.expect("ended");
        let left = [session(office, &desk).await, session(office, &phone).await];
        assert_eq!(left.iter().flatten().count(), 1);
        assert_eq!(end_other_sessions(office, &this.actor, Some(&this)).await.expect("ended"), 1);
        assert_eq!(list_sessions(office, &this.actor, Some(&this)).await.expect("sessions").len(), 1);
        assert_eq!(list_sessions(office, &stranger.actor, Some(&stranger)).await.expect("sessions").len(), 1);
    }
}

#[tokio::test]
async fn a_changed_password_leaves_only_this_session() {
    for House { office, .. } in &House::all().await {
        opened(office, "selma", Role::Registrar).await;
        let (elsewhere, _) = signed_in(office, "selma").await;
        let (token, this) = signed_in(office, "selma").await;
        let change = |current: &str, new: &str| ChangePassword {
            current: Password::new(current),
            new: Password::new(new),
            address: HERE.to_owned(),
        };
        assert_eq!(
            complaint(change_password(office, &this, change(OTHER, OTHER)).await),
            "new: password-unchanged"
        );
        assert_eq!(
            complaint(change_password(office, &this, change(GOOD, "Galatasaray1905")).await),
            "new: password-too-common"
        );
        assert_eq!(
            complaint(change_password(office, &this, change("yanlış bir parola", OTHER)).await),
            "current: password-wrong"
        );
        let next = change_password(office, &this, change(GOOD, OTHER)).await.expect("changed");
        for gone in [&elsewhere, &token] {
            assert!(session(office, gone).await.is_none());
        }
        assert!(session(office, next.reveal()).await.is_some());
        try_in(office, "selma", OTHER).await.expect("the new one");
    }
}

#[tokio::test]
async fn a_token_does_what_its_scope_says_and_nothing_sensitive() {
    for House { office, clock, .. } in &House::all().await {
        let id = opened(office, "oidb", Role::Registrar).await;
        let other = opened(office, "yonetim", Role::Administrator).await;
        let (_, owner) = signed_in(office, "oidb").await;
        let (_, administrator) = signed_in(office, "yonetim").await;
        let today = office.today();
        let last = today.checked_add(Duration::from_secs(366 * 24 * 60 * 60)).expect("in range");
        let add = |scope, expires_on| AddToken {
            account: id,
            name: " Öbs aktarımı ".to_owned(),
            scope,
            expires_on,
        };
        let yesterday = today.yesterday().expect("in range");
        assert_eq!(
            complaint(add_token(office, &owner.actor, add(TokenScope::Read, yesterday)).await),
            "expires_on: token-ends-in-the-past"
        );
        let too_late = last.tomorrow().expect("in range");
        assert_eq!(
            complaint(add_token(office, &owner.actor, add(TokenScope::Read, too_late)).await),
            "expires_on: token-ends-too-late"
        );
        let not_own = add_token(office, &administrator.actor, add(TokenScope::Read, last)).await;
        assert!(
            matches!(not_own, Err(ServiceError::Forbidden(_))),
            "nobody acts under another name: {not_own:?}"
        );
        let reading = add_token(office, &owner.actor, add(TokenScope::Read, today)).await.expect("token");
        let writing =
            add_token(office, &console(), add(TokenScope::Write, last)).await.expect("token at the console");
        assert!(reading.token.starts_with("kny_") && reading.token.len() == 47);

        let actor =
            |token: String| async move { find_token(office, &token, "test").await.expect("database") };
        let reader = actor(reading.token.clone()).await.expect("actor");
        let writer = actor(writing.token.clone()).await.expect("actor");
        let now = office.now();
        let asked = |who: Actor, action: Action| async move {
            office.db.read(move |db| authz::ask(db, &who, action, Resource::Anywhere, now).map(drop)).await
        };
        asked(reader.clone(), Action::FindStudents).await.expect("may look");
        assert!(matches!(asked(reader.clone(), Action::WriteNote).await, Err(ServiceError::Forbidden(_))));
        asked(writer.clone(), Action::WriteNote).await.expect("may write");
        assert!(matches!(
            asked(writer.clone(), Action::ChangeStatus).await,
            Err(ServiceError::NeedsConfirmation)
        ));
        let bred = add_token(office, &writer, add(TokenScope::Write, last)).await;
        assert!(matches!(bred, Err(ServiceError::NeedsConfirmation)), "a token makes no token: {bred:?}");

        clock.advance(Duration::from_secs(24 * 60 * 60));
        assert!(actor(reading.token.clone()).await.is_none(), "its last day is over");
        assert!(matches!(revoke_token(office, &reader, writing.id).await, Err(ServiceError::Forbidden(_))));
        assert!(matches!(
            revoke_token(office, &actor_of(office, "yonetim").await, 999).await,
            Err(ServiceError::NotFound)
        ));
        revoke_token(office, &owner.actor, writing.id).await.expect("revoked");
        assert!(actor(writing.token.clone()).await.is_none());
        for nothing in ["", "kny_", "kny_yok", "kny_ığüşöç", &reading.token[4..]] {
            assert!(actor(nothing.to_owned()).await.is_none(), "{nothing}");
        }
        assert_eq!(list_tokens(office, &owner.actor, id).await.expect("tokens").len(), 2);
        assert!(list_tokens(office, &owner.actor, other).await.is_err());

        let tomorrow = office.today().tomorrow().expect("in range");
        let late = add_token(office, &console(), add(TokenScope::Read, tomorrow)).await.expect("token");
        lock_account(office, &console(), status(office, id).await).await.expect("locked");
        assert!(actor(late.token.clone()).await.is_none(), "a locked account's token rests");
        unlock_account(office, &console(), status(office, id).await).await.expect("unlocked");
        assert!(actor(late.token.clone()).await.is_some());
        close_account(office, &console(), status(office, id).await).await.expect("closed");
        assert!(actor(late.token).await.is_none());
    }
}

#[tokio::test]
async fn a_token_is_confirmed_by_the_password_for_itself_and_for_minutes() {
    for House { office, clock, .. } in &House::all().await {
        let id = opened(office, "yonetim", Role::Administrator).await;
        let tomorrow = office.today().tomorrow().expect("in range");
        let add = |scope| AddToken { account: id, name: "aktarım".to_owned(), scope, expires_on: tomorrow };
        let reading = add_token(office, &console(), add(TokenScope::Read)).await.expect("token").token;
        let writing = add_token(office, &console(), add(TokenScope::Write)).await.expect("token").token;
        let other = add_token(office, &console(), add(TokenScope::Write)).await.expect("token").token;
        let actor = |token: &str| {
            let token = token.to_owned();
            async move { find_token(office, &token, "test").await.expect("database").expect("actor") }
        };
        let now = || office.now();
        let confirm = |token: &str, password: &str| ConfirmToken {
            token: token.to_owned(),
            password: Password::new(password),
            address: HERE.to_owned(),
        };
        let by_reader = confirm_token(office, &actor(&reading).await, confirm(&reading, GOOD)).await;
        assert!(matches!(by_reader, Err(ServiceError::Forbidden(_))), "{by_reader:?}");
        let wrong = confirm_token(office, &actor(&writing).await, confirm(&writing, OTHER)).await;
        assert_eq!(complaint(wrong), "password: password-wrong");
        assert!(!authz::is_confirmed(&actor(&writing).await, now()));
        let until =
            confirm_token(office, &actor(&writing).await, confirm(&writing, GOOD)).await.expect("confirmed");
        assert!(authz::is_confirmed(&actor(&writing).await, now()));
        assert!(!authz::is_confirmed(&actor(&other).await, now()), "only the token that was named");
        clock.advance(Duration::from_secs(until.duration_since(now()).as_secs().unsigned_abs()));
        assert!(!authz::is_confirmed(&actor(&writing).await, now()));
        let tries = 4;
        for _ in 0..tries {
            confirm_token(office, &actor(&writing).await, confirm(&writing, OTHER)).await.expect_err("wrong");
        }
        let fifth = confirm_token(office, &actor(&writing).await, confirm(&writing, OTHER)).await;
        assert!(matches!(fifth, Err(ServiceError::Throttled(_))), "{fifth:?}");
        assert_eq!(pause(try_in(office, "yonetim", GOOD).await, now()), 60, "failures count together");
    }
}

async fn actor_of(office: &Office, user_name: &str) -> Actor {
    actor_of_account(office, user_name, "test").await.expect("actor")
}

#[tokio::test]
async fn of_two_who_edit_at_once_the_second_is_told() {
    for House { office, .. } in &House::all().await {
        let id = opened(office, "selma", Role::Registrar).await;
        let seen = version(office, id).await;
        let rename = |name: &str| ChangeAccount {
            account: id,
            version: seen,
            user_name: "selma".to_owned(),
            display_name: name.to_owned(),
            reason: "soyadı değişti".to_owned(),
        };
        let first = {
            let (office, form) = (office.clone(), rename("Selma Işık"));
            tokio::spawn(async move { change_account(&office, &console(), form).await })
        };
        let second = {
            let (office, form) = (office.clone(), rename("Selma Çelik"));
            tokio::spawn(async move { change_account(&office, &console(), form).await })
        };
        let answers = [first.await.expect("task"), second.await.expect("task")];
        assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 1, "{answers:?}");
        assert_eq!(
            answers.iter().filter(|a| matches!(a, Err(ServiceError::Stale))).count(),
            1,
            "{answers:?}"
        );
        let role = AssignRole { account: id, version: seen, role: everywhere(Role::Auditor) };
        assert!(matches!(assign_role(office, &console(), role).await, Err(ServiceError::Stale)));
        let lock = ChangeStatus { account: id, version: seen, reason: "deneme".to_owned() };
        assert!(matches!(lock_account(office, &console(), lock).await, Err(ServiceError::Stale)));
        assert_eq!(audit(office, "change_account").await.len(), 1);
    }
}

#[tokio::test]
async fn a_locked_or_closed_account_is_out_at_once() {
    for House { office, .. } in &House::all().await {
        let id = opened(office, "selma", Role::Registrar).await;
        let (token, _) = signed_in(office, "selma").await;
        let without_reason = ChangeStatus { reason: "  ".to_owned(), ..status(office, id).await };
        assert_eq!(complaint(lock_account(office, &console(), without_reason).await), "reason: required");
        lock_account(office, &console(), status(office, id).await).await.expect("locked");
        assert!(session(office, &token).await.is_none());
        assert_eq!(complaint(issue_link(office, &console(), id).await), "account: account-locked");
        unlock_account(office, &console(), status(office, id).await).await.expect("unlocked");
        assert_eq!(
            complaint(unlock_account(office, &console(), status(office, id).await).await),
            "account: account-not-locked"
        );
        let (token, _) = signed_in(office, "selma").await;
        let link = issue_link(office, &console(), id).await.expect("link");
        close_account(office, &console(), status(office, id).await).await.expect("closed");
        assert!(session(office, &token).await.is_none());
        assert!(matches!(look_up_link(office, link.token.reveal()).await, Err(ServiceError::NotFound)));
        let closed = status(office, id).await;
        assert_eq!(
            complaint(unlock_account(office, &console(), closed.clone()).await),
            "account: account-closed"
        );
        assert_eq!(complaint(close_account(office, &console(), closed).await), "account: account-closed");
        let role =
            AssignRole { account: id, version: version(office, id).await, role: everywhere(Role::Auditor) };
        assert_eq!(complaint(assign_role(office, &console(), role).await), "account: account-closed");
        let refused = actor_of_account(office, "selma", "test").await;
        assert_eq!(complaint(refused), "user_name: account-closed");

        let never =
            add_account(office, &console(), form("davetli", Role::Registrar)).await.expect("account").account;
        lock_account(office, &console(), status(office, never).await).await.expect("locked");
        unlock_account(office, &console(), status(office, never).await).await.expect("unlocked");
        let page = show_account(office, &console(), never).await.expect("account");
        assert_eq!(page.account.status, AccountStatus::Invited, "one without a password is invited again");
    }
}

#[tokio::test]
async fn accounts_are_opened_with_care() {
    for House { office, .. } in &House::all().await {
        opened(office, "oidb", Role::Registrar).await;
        let registrar = actor_of(office, "oidb").await;
        let refused = add_account(office, &registrar, form("yeni", Role::Registrar)).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden(Action::ManageAccounts))));
        assert!(matches!(
            list_accounts(office, &registrar, AccountQuery::default()).await,
            Err(ServiceError::Forbidden(_))
        ));
        assert!(matches!(
            issue_link(office, &registrar, AccountId::new(2)).await,
            Err(ServiceError::Forbidden(_))
        ));

        let add = |form: AddAccount| async move { complaint(add_account(office, &console(), form).await) };
        assert_eq!(add(form("OİDB", Role::Registrar)).await, "user_name: user-name-taken");
        assert_eq!(
            add(form("12345678950", Role::Registrar)).await,
            "user_name: user-name-is-identity-number"
        );
        assert_eq!(add(form("ayşe yılmaz", Role::Registrar)).await, "user_name: user-name-signs");
        assert_eq!(add(form("memur", Role::Clerk)).await, "unit: role-needs-unit");
        assert_eq!(add(form("ogrenci", Role::Student)).await, "role: role-needs-person");
        assert_eq!(add(form("danisman", Role::Advisor)).await, "role: role-needs-staff");
        let mut nameless = form("adsiz", Role::Registrar);
        nameless.display_name = " \t".to_owned();
        assert_eq!(add(nameless).await, "display_name: required");
        let mut nobody = form("kimse", Role::Student);
        nobody.person = Some(base::ids::PersonId::new(4711));
        assert_eq!(add(nobody).await, "person: person-unknown");
        let mut lost = form("memur", Role::Clerk);
        lost.roles[0].unit = Some("YOK".to_owned());
        assert_eq!(add(lost).await, "unit: unit-unknown");
        let mut backwards = form("ters", Role::Registrar);
        backwards.roles[0].ends_on = Some(office.today());
        assert_eq!(add(backwards).await, "ends_on: role-ends-before-it-starts");
        for id in [authz::SYSTEM_ACCOUNT, AccountId::new(4711)] {
            assert!(matches!(issue_link(office, &console(), id).await, Err(ServiceError::NotFound)));
            assert!(matches!(show_account(office, &console(), id).await, Err(ServiceError::NotFound)));
        }
        assert_eq!(audit(office, "add_account").await.len(), 1, "what was refused left nothing");
    }
}

#[tokio::test]
async fn roles_begin_and_end_on_their_days() {
    for House { office, clock, .. } in &House::all().await {
        let id = opened(office, "selma", Role::Registrar).await;
        let administrator = opened(office, "yonetim", Role::Administrator).await;
        let (token, _) = signed_in(office, "selma").await;
        let tomorrow = office.today().tomorrow().expect("in range");
        let later = AssignRole {
            account: id,
            version: version(office, id).await,
            role: RoleRequest { starts_on: Some(tomorrow), ..everywhere(Role::Auditor) },
        };
        assign_role(office, &console(), later.clone()).await.expect("assigned");
        let twice = AssignRole { version: version(office, id).await, ..later };
        assert_eq!(complaint(assign_role(office, &console(), twice).await), "role: role-held-already");
        assert!(!session(office, &token).await.expect("session").actor.has(Role::Auditor));
        clock.advance(Duration::from_secs(24 * 60 * 60));
        let (token, _) = signed_in(office, "selma").await;
        assert!(session(office, &token).await.expect("session").actor.has(Role::Auditor));

        let held = show_account(office, &console(), id).await.expect("account").roles;
        let withdraw = |role: i64, version: i64| WithdrawRole {
            account: id,
            version,
            role,
            ends_on: None,
            reason: "görev değişti".to_owned(),
        };
        let now = version(office, id).await;
        withdraw_role(office, &console(), withdraw(held[1].id, now)).await.expect("withdrawn");
        assert!(
            !session(office, &token).await.expect("session").actor.has(Role::Auditor),
            "from this request on"
        );
        let again = withdraw_role(office, &console(), withdraw(held[1].id, version(office, id).await)).await;
        assert_eq!(complaint(again), "ends_on: role-ended-already");
        let mut unknown = withdraw(4711, version(office, id).await);
        unknown.ends_on = Some(tomorrow);
        assert!(matches!(withdraw_role(office, &console(), unknown).await, Err(ServiceError::NotFound)));

        let own = actor_of(office, "yonetim").await;
        let grab = AssignRole {
            account: administrator,
            version: version(office, administrator).await,
            role: everywhere(Role::Registrar),
        };
        assert_eq!(complaint(assign_role(office, &own, grab).await), "account: account-own");
        let mine = status(office, administrator).await;
        assert_eq!(complaint(lock_account(office, &own, mine).await), "account: account-own");
    }
}

#[tokio::test]
async fn the_list_stands_in_turkish_order_and_finds_every_spelling() {
    for House { office, .. } in &House::all().await {
        for (user_name, name, role) in [
            ("a1", "Işıl Çelik", Role::Registrar),
            ("a2", "İpek Şahin", Role::Auditor),
            ("a3", "Çağrı Işık", Role::Auditor),
            ("a4", "Cem Işık", Role::Registrar),
            ("a5", "Cem Işık", Role::Registrar),
        ] {
            let mut form = form(&format!("kisi-{user_name}"), role);
            form.display_name = name.to_owned();
            add_account(office, &console(), form).await.expect("account");
        }
        let ask = |query: AccountQuery| async move {
            list_accounts(office, &console(), query).await.expect("list")
        };
        let names = |text: &str, role: Option<Role>| {
            let query = AccountQuery { text: text.to_owned(), role, limit: 50, ..AccountQuery::default() };
            async move {
                ask(query)
                    .await
                    .items
                    .iter()
                    .map(|line| line.account.display_name.clone())
                    .collect::<Vec<_>>()
            }
        };
        assert_eq!(names("", None).await, ["Cem Işık", "Cem Işık", "Çağrı Işık", "Işıl Çelik", "İpek Şahin"]);
        assert_eq!(names("isik", None).await.len(), 3);
        assert_eq!(names("IŞIK çağ", None).await, ["Çağrı Işık"]);
        assert_eq!(names("kisi-a2", None).await, ["İpek Şahin"]);
        assert!(names("100%_", None).await.is_empty());
        assert_eq!(names("isik", Some(Role::Auditor)).await, ["Çağrı Işık"]);

        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = ask(AccountQuery { limit: 2, after, ..AccountQuery::default() }).await;
            seen.extend(page.items.iter().map(|line| line.account.user_name.clone()));
            assert!(page.items.iter().all(|line| line.roles.len() == 1));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["kisi-a4", "kisi-a5", "kisi-a3", "kisi-a1", "kisi-a2"]);
        let active =
            ask(AccountQuery { status: Some(AccountStatus::Active), limit: 5, ..AccountQuery::default() })
                .await;
        assert!(active.items.is_empty());
        let rows = audit(office, "list_accounts").await;
        assert!(!rows.is_empty() && rows.iter().all(|row| !row.detail.contains("IŞIK")));
    }
}

#[tokio::test]
async fn settings_follow_the_account_and_choices_the_session() {
    for House { office, .. } in &House::all().await {
        opened(office, "selma", Role::Registrar).await;
        let (token, this) = signed_in(office, "selma").await;
        assert_eq!((this.lang, this.theme, this.comfortable), (Lang::Tr, Theme::System, false));
        let settings = Settings { lang: Lang::En, theme: Theme::Dark, comfortable: true };
        change_settings(office, &this, settings).await.expect("changed");
        let (other, _) = signed_in(office, "selma").await;
        for token in [&token, &other] {
            let found = session(office, token).await.expect("session");
            assert_eq!((found.lang, found.theme, found.comfortable), (Lang::En, Theme::Dark, true));
        }
        let no_unit = choose_unit(office, &this, Some(base::ids::UnitId::new(4711))).await;
        assert_eq!(complaint(no_unit), "unit: unit-unknown");
        let no_term = choose_term(office, &this, Some(base::ids::TermId::new(4711))).await;
        assert_eq!(complaint(no_term), "term: term-unknown");
        choose_unit(office, &this, None).await.expect("none is a choice");
    }
}

#[tokio::test]
async fn the_second_click_answers_with_the_first_result() {
    for House { office, clock, .. } in &House::all().await {
        let now = office.now();
        let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, now, "test");
        let (first, second) = (permit.clone(), permit.clone());
        office
            .db
            .write(move |tx| storage::idempotency::remember(tx, &first, "form-1", "belge 7"))
            .await
            .expect("kept");
        let again =
            office.db.write(move |tx| storage::idempotency::remember(tx, &second, "form-1", "belge 8")).await;
        match again {
            Err(storage::StorageError::Constraint { constraint }) => {
                assert_eq!(constraint, "idempotency_pkey")
            }
            other => panic!("{other:?}"),
        }
        let recall = |key: &'static str| async move {
            office
                .db
                .read(move |db| storage::idempotency::recall(db, authz::SYSTEM_ACCOUNT, key))
                .await
                .expect("database")
        };
        assert_eq!(recall("form-1").await.as_deref(), Some("belge 7"));
        assert_eq!(recall("form-2").await, None);
        clock.advance(Duration::from_secs(2 * 24 * 60 * 60));
        assert_eq!(forget_expired(office).await.expect("forgotten").results, 1);
        assert_eq!(recall("form-1").await, None);
    }
}

#[tokio::test]
async fn a_window_allows_so_many_hits() {
    use storage::throttle::{Allowance, hit, take_back};
    for House { office, clock, .. } in &House::all().await {
        let window = Duration::from_secs(60);
        let ask = || async {
            let now = office.now();
            office.db.write(move |tx| hit(tx, "dogrula:x", window, 2, now)).await.expect("database")
        };
        let end = office.now().checked_add(window).expect("in range");
        assert_eq!([ask().await, ask().await], [Allowance::Allowed; 2]);
        clock.advance(Duration::from_secs(30));
        assert_eq!(ask().await, Allowance::Until(end));
        office.db.write(|tx| take_back(tx, "dogrula:x")).await.expect("database");
        assert_eq!(ask().await, Allowance::Until(end), "the refused one counted too");
        clock.advance(Duration::from_secs(30));
        assert_eq!(ask().await, Allowance::Allowed);
    }
}

/// An account with a role in a unit, as an actor.
async fn in_unit(office: &Office, user_name: &str, role: Role, unit: &str) -> Actor {
    let mut form = form(user_name, role);
    form.roles[0].unit = Some(unit.to_owned());
    let added = add_account(office, &console(), form).await.expect("account");
    set_password_by_link(office, use_link(added.link.token.reveal(), GOOD)).await.expect("password");
    actor_of(office, user_name).await
}

fn at_the_counter(number: &str) -> IssueStudentLink {
    IssueStudentLink { number: number.to_owned(), proof: IdentityProof::IdentityCard }
}

#[tokio::test]
async fn the_counter_hands_a_link_to_the_students_of_its_unit() {
    for house in &House::all().await {
        let office = &house.office;
        house.furnish().await;
        let who = house.person("Işıl", "ÇELİK").await;
        house.enrol(who, "242310001", 1, EnrolmentStatus::Active).await;
        let memur = in_unit(office, "memur", Role::Clerk, "FEN").await;
        let stranger = in_unit(office, "komsu", Role::Clerk, "IKT").await;
        let secretary = in_unit(office, "sekreter", Role::DepartmentSecretary, "BIL").await;

        let hidden = issue_student_link(office, &stranger, at_the_counter("242310001")).await;
        assert!(
            matches!(hidden, Err(ServiceError::NotFound)),
            "another faculty's student is not there: {hidden:?}"
        );
        let refused = issue_student_link(office, &secretary, at_the_counter("242310001")).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden(Action::IssueStudentLink))), "{refused:?}");
        assert!(matches!(
            issue_student_link(office, &memur, at_the_counter("999")).await,
            Err(ServiceError::NotFound)
        ));

        let link = issue_student_link(office, &memur, at_the_counter("242310001")).await.expect("link");
        assert_eq!((link.user_name.as_str(), link.display_name.as_str()), ("242310001", "Işıl ÇELİK"));
        assert_eq!(link.purpose, LinkPurpose::Activation);
        let own_number = set_password_by_link(office, use_link(link.token.reveal(), "kar242310001")).await;
        assert_eq!(complaint(own_number), "password: password-is-user-name");
        set_password_by_link(office, use_link(link.token.reveal(), GOOD)).await.expect("password");
        let (_, student) = signed_in(office, "242310001").await;
        assert!(student.actor.has(Role::Student) && student.actor.person == Some(who));
        let again = issue_student_link(office, &memur, at_the_counter("242310001")).await.expect("link");
        assert_eq!((again.purpose, again.account), (LinkPurpose::Reset, link.account));
        let rows = audit(office, "issue_link").await;
        assert!(
            rows[0].detail.contains("proof=identity_card") && rows[0].whom == "Işıl ÇELİK",
            "{:?}",
            rows[0]
        );

        let with_role = AssignRole {
            account: link.account,
            version: version(office, link.account).await,
            role: everywhere(Role::Auditor),
        };
        assign_role(office, &console(), with_role).await.expect("assigned");
        let powerful = issue_student_link(office, &memur, at_the_counter("242310001")).await;
        assert_eq!(complaint(powerful), "account: account-not-students");
    }
}

#[tokio::test]
async fn roles_of_students_follow_from_their_studies() {
    for house in &House::all().await {
        let office = &house.office;
        house.furnish().await;
        let who = house.person("İpek", "ŞAHİN").await;
        house.enrol(who, "242310002", 1, EnrolmentStatus::Active).await;
        let gone = house.person("Çağrı", "IŞIK").await;
        house.enrol(gone, "242310003", 1, EnrolmentStatus::Withdrawn).await;
        house.enrol(house.person("Cem", "ÖZ").await, "A-242310004", 2, EnrolmentStatus::Graduated).await;
        let memur = in_unit(office, "memur", Role::Clerk, "FEN").await;
        let refused = issue_student_link(office, &memur, at_the_counter("242310003")).await;
        assert_eq!(complaint(refused), "account: account-needs-studies");

        assert!(matches!(open_student_accounts(office, &memur).await, Err(ServiceError::Forbidden(_))));
        assert_eq!(open_student_accounts(office, &console()).await.expect("opened"), 2);
        assert_eq!(open_student_accounts(office, &console()).await.expect("opened"), 0);
        let ask = |role, unit: &str| {
            let query =
                AccountQuery { role, unit: Some(unit.to_owned()), limit: 9, ..AccountQuery::default() };
            async move {
                let page = list_accounts(office, &console(), query).await.expect("list");
                page.items.into_iter().map(|line| line.account.user_name).collect::<Vec<_>>()
            }
        };
        assert_eq!(ask(Some(Role::Graduate), "").await, ["a-242310004"]);
        assert_eq!(ask(Some(Role::Student), "").await, ["242310002"]);
        assert_eq!(ask(None, "ORN").await, ["memur"], "those who work in a unit or below it");
        assert!(ask(None, "IKT").await.is_empty());

        let roles = || async {
            let account = issue_student_link(office, &console(), at_the_counter("242310002")).await;
            roles_of(office, account.expect("link").account).await
        };
        assert_eq!(roles().await, [Role::Student]);
        house.enrol(who, "262310009", 2, EnrolmentStatus::Active).await;
        becomes(office, "242310002", EnrolmentStatus::Graduated, "02.11.2026").await;
        assert_eq!(roles().await, [Role::Student, Role::Graduate]);
        becomes(office, "262310009", EnrolmentStatus::Withdrawn, "02.11.2026").await;
        assert_eq!(roles().await, [Role::Graduate]);
    }
}

/// The roles that an account holds today.
async fn roles_of(office: &Office, account: AccountId) -> Vec<Role> {
    let today = office.today();
    let details = show_account(office, &console(), account).await.expect("account");
    details.roles.iter().filter(|held| held.holds_on(today)).map(|held| held.role).collect()
}

/// Changes the status of an enrolment as a clerk's form does.
async fn becomes(office: &Office, number: &str, status: EnrolmentStatus, on: &str) -> EntryId {
    let find = number.to_owned();
    let found = office.db.read(move |db| storage::enrolments::find_by_number(db, &find)).await;
    let form = NewStatus {
        number: number.to_owned(),
        status: Some(status),
        effective_on: on.to_owned(),
        ground: GroundKind::BoardDecision,
        ground_ref: "2026/44".to_owned(),
        ground_on: on.to_owned(),
        reason: String::new(),
        version: found.expect("read").expect("an enrolment").version,
    };
    change_status(office, &console(), form).await.expect("status")
}

#[tokio::test]
async fn an_account_follows_every_change_of_status_and_its_reversal() {
    for house in &House::all().await {
        let office = &house.office;
        house.furnish().await;
        let who = house.person("Işın", "ÖZTÜRK").await;
        house.enrol(who, "242310011", 1, EnrolmentStatus::Active).await;
        let other = house.person("Şule", "AĞIR").await;
        house.enrol(other, "242310012", 1, EnrolmentStatus::Active).await;
        let link = issue_student_link(office, &console(), at_the_counter("242310011")).await.expect("link");
        set_password_by_link(office, use_link(link.token.reveal(), GOOD)).await.expect("password");
        let (token, student) = signed_in(office, "242310011").await;
        assert!(student.actor.has(Role::Student));
        let held = || roles_of(office, link.account);

        let graduation = becomes(office, "242310011", EnrolmentStatus::Graduated, "02.11.2026").await;
        assert_eq!(held().await, [Role::Graduate]);
        let now = session(office, &token).await.expect("an open session");
        assert!(
            now.actor.has(Role::Graduate) && !now.actor.has(Role::Student),
            "at once, not after signing in"
        );
        let undo = ReverseEntry {
            number: "242310011".to_owned(),
            entry: graduation,
            ground_ref: "2026/45".to_owned(),
            ground_on: "03.11.2026".to_owned(),
            reason: "Yanlış öğrenci".to_owned(),
        };
        reverse_entry(office, &console(), undo).await.expect("reversed");
        assert_eq!(held().await, [Role::Student]);
        becomes(office, "242310011", EnrolmentStatus::Withdrawn, "04.11.2026").await;
        assert_eq!(held().await, [] as [Role; 0]);
        becomes(office, "242310011", EnrolmentStatus::Active, "05.11.2026").await;
        assert_eq!(held().await, [Role::Student]);
        let acts: Vec<String> =
            audit(office, "withdraw_role").await.into_iter().map(|row| row.detail).collect();
        assert_eq!(acts, ["student", "graduate", "student"]);

        // Nobody gets an account by it.
        becomes(office, "242310012", EnrolmentStatus::Graduated, "02.11.2026").await;
        let account = office.db.read(move |db| storage::accounts::find_by_person(db, other)).await;
        assert_eq!(account.expect("read"), None);
    }
}

#[tokio::test]
async fn an_import_that_changes_studies_changes_the_accounts_too() {
    for kit in TestOffice::all().await {
        let office = &kit.office;
        let folder = RecordsFolder::small();
        let take = || async {
            let taken = apply_records(office, &kit.console(), folder.path(), Box::new(|_| {})).await;
            assert!(matches!(taken, Ok(Checked::Sound(_))), "{taken:?}");
        };
        take().await;
        let link = issue_student_link(office, &console(), at_the_counter("240010003")).await.expect("link");
        assert_eq!(roles_of(office, link.account).await, [Role::Student]);
        folder.replace(RecordsFile::Students, "on_leave,2025-02-10", "graduated,2026-06-30");
        take().await;
        assert_eq!(roles_of(office, link.account).await, [Role::Graduate]);
        let again =
            "260020009,99123456740,Ümit,ŞENTÜRK ÜNLÜ,E,2004-07-30,Bakü,,2,2,2026,1,active,2026-09-07,\n";
        folder.add(RecordsFile::Students, again);
        take().await;
        assert_eq!(roles_of(office, link.account).await, [Role::Graduate, Role::Student]);
    }
}

#[tokio::test]
async fn a_token_sees_and_ends_sessions_and_changes_the_password_as_a_page_does() {
    for House { office, .. } in &House::all().await {
        let account = opened(office, "selma", Role::Registrar).await;
        let token = |scope| async move {
            let command = AddToken {
                account,
                name: "betik".to_owned(),
                scope,
                expires_on: Date::constant(2026, 12, 31),
            };
            let token = add_token(office, &console(), command).await.expect("token").token;
            find_token(office, &token, "test").await.expect("database").expect("an actor")
        };
        let (write, read) = (token(TokenScope::Write).await, token(TokenScope::Read).await);
        let (first, _) = signed_in(office, "selma").await;
        let (second, _) = signed_in(office, "selma").await;
        let (third, _) = signed_in(office, "selma").await;
        let open = list_sessions(office, &read, None).await.expect("sessions");
        assert_eq!(open.len(), 3);
        assert!(open.iter().all(|session| !session.is_this), "a token is no session");

        let handle = open[0].handle.clone();
        let refused = end_session(office, &read, handle.clone()).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "{refused:?}");
        end_session(office, &write, handle.clone()).await.expect("ended");
        assert!(matches!(end_session(office, &write, handle).await, Err(ServiceError::NotFound)));
        let refused = end_other_sessions(office, &read, None).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "{refused:?}");
        assert_eq!(end_other_sessions(office, &write, None).await.expect("ended"), 2);
        for token in [&first, &second, &third] {
            assert!(session(office, token).await.is_none());
        }

        let (open, _) = signed_in(office, "selma").await;
        let change = |current: &str, new: &str| ChangePassword {
            current: Password::new(current),
            new: Password::new(new),
            address: HERE.to_owned(),
        };
        let refused = change_password_by_token(office, &read, change(GOOD, OTHER)).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "{refused:?}");
        let wrong = change_password_by_token(office, &write, change(OTHER, "ayva nar incir")).await;
        assert_eq!(complaint(wrong), "current: password-wrong");
        let same = change_password_by_token(office, &write, change(GOOD, GOOD)).await;
        assert_eq!(complaint(same), "new: password-unchanged");
        assert!(session(office, &open).await.is_some(), "nothing happened so far");
        change_password_by_token(office, &write, change(GOOD, OTHER)).await.expect("changed");
        assert!(session(office, &open).await.is_none(), "every session ended");
        try_in(office, "selma", OTHER).await.expect("signed in");
        for _ in 0..4 {
            let wrong = change_password_by_token(office, &write, change(GOOD, "ayva nar incir")).await;
            assert_eq!(complaint(wrong), "current: password-wrong");
        }
        let paused = change_password_by_token(office, &write, change(GOOD, "ayva nar incir")).await;
        assert!(matches!(paused, Err(ServiceError::Throttled(_))), "{paused:?}");
        pause(try_in(office, "selma", OTHER).await, office.now());
    }
}
