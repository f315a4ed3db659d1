//! A shop that receives webhooks and answers what the test tells it to.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

pub(crate) struct Received {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap()
    }
}

pub(crate) struct Shop {
    pub(crate) host: String,
    received: Receiver<Received>,
    answers: Sender<String>,
}

impl Shop {
    /// Each request waits for its answer, so the test decides what happens next.
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let (report, received) = channel();
        let (answers, told) = channel::<String>();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                if report.send(read(&mut stream)).is_err() {
                    return;
                }
                let Ok(answer) = told.recv() else { return };
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self {
            host,
            received,
            answers,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    /// Waits for the next request and leaves the shop's answer open.
    pub(crate) fn next(&self) -> Received {
        self.received
            .recv_timeout(Duration::from_secs(10))
            .expect("the shop was told nothing")
    }

    /// Waits for the next request and answers it.
    pub(crate) fn next_answered(&self, status: u16) -> Received {
        let received = self.next();
        self.answer(&format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n"));
        received
    }

    pub(crate) fn answer(&self, raw: &str) {
        self.answers.send(raw.to_owned()).unwrap();
    }

    pub(crate) fn heard_nothing(&self) -> bool {
        self.received.try_recv().is_err()
    }
}

fn read(stream: &mut TcpStream) -> Received {
    let mut raw = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&raw).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                let found = name.eq_ignore_ascii_case("content-length");
                found.then(|| value.parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap_or(0) {
                return Received {
                    head: head.to_owned(),
                    body: body.to_owned(),
                };
            }
        }
        let count = stream.read(&mut chunk).unwrap();
        assert!(count > 0, "the delivery ended early: {text}");
        raw.extend_from_slice(&chunk[..count]);
    }
}
