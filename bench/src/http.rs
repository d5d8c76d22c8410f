//! As much of HTTP/1.1 as the benchmark needs: one kept-alive connection, one request at a time.
//!
//! A browser's overhead and a library's would be measured with the server, on the same cores; so neither is here.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::Failure;

/// Room asked for before each read.
const PIECE: usize = 64 * 1024;

/// A connection to a server, and the answer that came over it last.
pub(crate) struct Connection {
    address: SocketAddr,
    stream: TcpStream,
    is_over: bool,
    received: Vec<u8>,
    joined: Vec<u8>,
}

/// An answer, as long as no other request is sent over its connection.
pub(crate) struct Answer<'a> {
    /// Status code.
    pub(crate) status: u16,
    head: &'a str,
    /// The body, whole and without the marks of its pieces.
    pub(crate) body: &'a [u8],
}

/// How a body ends.
#[derive(PartialEq, Eq, Debug)]
enum Body {
    Length(usize),
    Chunked,
    UntilClosed,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> Result<Self, Failure> {
        let stream = connect(address).await?;
        Ok(Self { address, stream, is_over: false, received: Vec::new(), joined: Vec::new() })
    }

    /// Sends a request, made by [`Sender`], and reads the whole answer.
    pub(crate) async fn send(&mut self, request: &[u8]) -> Result<Answer<'_>, Failure> {
        if self.is_over {
            self.stream = connect(self.address).await?;
        }
        // Whatever goes wrong from here on, the connection is not used again.
        self.is_over = true;
        self.received.clear();
        self.joined.clear();
        self.stream.write_all(request).await?;
        let head_end = self.read_to(0, b"\r\n\r\n").await?;
        let (status, body, is_last) = read_head(str::from_utf8(&self.received[..head_end])?)?;
        let is_joined = body == Body::Chunked;
        let body_end = match body {
            Body::Length(length) => {
                while self.received.len() < head_end + length {
                    self.read_more().await?;
                }
                head_end + length
            }
            Body::Chunked => self.read_pieces(head_end).await?,
            Body::UntilClosed => {
                while self.stream.read_buf(&mut self.received).await? > 0 {}
                self.received.len()
            }
        };
        self.is_over = is_last;
        let head = str::from_utf8(&self.received[..head_end])?;
        let body = if is_joined { &self.joined[..] } else { &self.received[head_end..body_end] };
        Ok(Answer { status, head, body })
    }

    /// Sends a request and refuses any other status than this.
    pub(crate) async fn expect(&mut self, status: u16, request: &[u8]) -> Result<Answer<'_>, Failure> {
        let answer = self.send(request).await?;
        if answer.status == status {
            return Ok(answer);
        }
        let line = String::from_utf8_lossy(request).lines().next().unwrap_or_default().to_owned();
        let said: String = String::from_utf8_lossy(answer.body).chars().take(600).collect();
        Err(format!("{line}: status {} instead of {status}: {said}", answer.status).into())
    }

    async fn read_more(&mut self) -> Result<(), Failure> {
        self.received.reserve(PIECE);
        match self.stream.read_buf(&mut self.received).await? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }

    /// Reads until `mark` stands at or behind `from`; answers where it ends.
    async fn read_to(&mut self, from: usize, mark: &[u8]) -> Result<usize, Failure> {
        let mut looked_at = from;
        loop {
            let fresh = self.received.get(looked_at..).unwrap_or_default();
            if let Some(at) = fresh.windows(mark.len()).position(|window| window == mark) {
                return Ok(looked_at + at + mark.len());
            }
            // The mark may begin in what has come and end in what has not.
            looked_at = self.received.len().saturating_sub(mark.len()).max(from);
            self.read_more().await?;
        }
    }

    /// Joins the pieces of a chunked body; answers where the last one ends.
    async fn read_pieces(&mut self, from: usize) -> Result<usize, Failure> {
        let mut at = from;
        loop {
            let line_end = self.read_to(at, b"\r\n").await?;
            let line = str::from_utf8(&self.received[at..line_end])?.trim_end();
            let size = line.split(';').next().unwrap_or_default();
            let size = usize::from_str_radix(size, 16).map_err(|_| "the size of a piece cannot be read")?;
            at = line_end;
            if size == 0 {
                // Trailers, if any, up to the empty line.
                loop {
                    let end = self.read_to(at, b"\r\n").await?;
                    let is_empty = end == at + 2;
                    at = end;
                    if is_empty {
                        return Ok(at);
                    }
                }
            }
            while self.received.len() < at + size + 2 {
                self.read_more().await?;
            }
            self.joined.extend_from_slice(&self.received[at..at + size]);
            at += size + 2;
        }
    }
}

async fn connect(address: SocketAddr) -> Result<TcpStream, Failure> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Status, end of the body, and whether the server closes the connection behind this answer.
fn read_head(head: &str) -> Result<(u16, Body, bool), Failure> {
    let status: u16 = head
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3))
        .and_then(|code| code.parse().ok())
        .ok_or("the answer does not begin with HTTP/1.1 and a status")?;
    let closes = header(head, "connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    let body = if header(head, "transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"))
    {
        Body::Chunked
    } else if let Some(length) = header(head, "content-length") {
        Body::Length(length.parse().map_err(|_| "the length of the body cannot be read")?)
    } else if matches!(status, 204 | 304) {
        Body::Length(0)
    } else {
        Body::UntilClosed
    };
    let is_last = closes || body == Body::UntilClosed;
    Ok((status, body, is_last))
}

fn headers<'a>(head: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    headers(head, name).next()
}

impl Answer<'_> {
    /// The value of a cookie that the answer sets.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        headers(self.head, "set-cookie")
            .filter_map(|cookie| cookie.split(';').next()?.split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> Result<&str, Failure> {
        Ok(str::from_utf8(self.body)?)
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<serde_json::Value, Failure> {
        Ok(serde_json::from_slice(self.body)?)
    }
}

/// Makes requests that carry the same headers: somebody's session or token.
#[derive(Clone)]
pub(crate) struct Sender {
    headers: String,
}

impl Sender {
    /// Nobody in particular.
    pub(crate) fn anybody(address: SocketAddr) -> Self {
        Self { headers: format!("Host: {address}\r\nAccept-Language: tr\r\n") }
    }

    /// The same with one more header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// A `GET`.
    pub(crate) fn get(&self, path: &str) -> Vec<u8> {
        format!("GET {path} HTTP/1.1\r\n{}\r\n", self.headers).into_bytes()
    }

    /// A `POST` of a form.
    pub(crate) fn form(&self, path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.post(path, "application/x-www-form-urlencoded", &pairs.join("&"))
    }

    /// A `POST` of JSON.
    pub(crate) fn json(&self, path: &str, body: &serde_json::Value) -> Vec<u8> {
        self.post(path, "application/json", &body.to_string())
    }

    fn post(&self, path: &str, kind: &str, body: &str) -> Vec<u8> {
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\n{}Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}",
            self.headers
        )
        .into_bytes()
    }
}

/// Percent-encodes everything but letters, digits and `-._~`.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn heads_are_read() {
        let head = |rest: &str| read_head(&format!("HTTP/1.1 200 OK\r\n{rest}\r\n")).expect("a head");
        assert_eq!(head("Content-Length: 12\r\n"), (200, Body::Length(12), false));
        assert_eq!(head("transfer-encoding: chunked\r\nconnection: close\r\n"), (200, Body::Chunked, true));
        assert_eq!(head(""), (200, Body::UntilClosed, true));
        assert!(read_head("SSH-2.0\r\n\r\n").is_err());
    }

    #[test]
    fn turkish_letters_are_encoded() {
        assert_eq!(encode("ışık 1"), "%C4%B1%C5%9F%C4%B1k%201");
    }

    /// A server that answers each request with the next of these pieces of bytes, each written apart.
    async fn scripted(answers: Vec<Vec<&'static [u8]>>) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a client");
            stream.set_nodelay(true).expect("no delay");
            let mut request = [0; 4096];
            for answer in answers {
                assert!(stream.read(&mut request).await.expect("a request") > 0);
                for piece in answer {
                    stream.write_all(piece).await.expect("written");
                    tokio::task::yield_now().await;
                }
            }
        });
        address
    }

    #[tokio::test]
    async fn answers_come_whole_however_they_are_cut() {
        let address = scripted(vec![
            vec![
                b"HTTP/1.1 303 See Other\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2\r\nlocation: /x\r\n",
                b"Content-Length: 5\r\n\r",
                b"\nhel",
                b"lo",
            ],
            vec![
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r",
                b"\n2;x=y\r\nde\r\n0",
                b"\r\n\r\n",
            ],
            vec![b"HTTP/1.1 204 No Content\r\n\r\n"],
        ])
        .await;
        let mut connection = Connection::open(address).await.expect("connected");
        let get = Sender::anybody(address).get("/");
        let answer = connection.expect(303, &get).await.expect("the first");
        assert_eq!(answer.text().expect("text"), "hello");
        assert_eq!((answer.cookie("b").as_deref(), answer.cookie("c")), (Some("2"), None));
        assert_eq!(connection.send(&get).await.expect("the second").body, b"abcde");
        assert!(connection.expect(200, &get).await.is_err());
    }
}
