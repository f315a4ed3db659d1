//! A gate between a client and the sandbox: it lets requests pass, loses them,
//! and holds one at a chosen point.

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::scripted::read_request;

/// What to do with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Pass it on, and its answer back.
    Through,
    /// Drop it unread by the sandbox, and the connection with it.
    LoseRequest,
    /// Pass it on, and drop its answer and the connection.
    LoseAnswer,
    /// Read it, say so, and pass on nothing.
    HoldRequest,
    /// Pass it on, say so when it was answered, and pass back nothing.
    HoldAnswer,
    /// Pass it on and its answer back, then say so.
    Tell,
}

#[derive(Debug)]
struct Shared {
    sandbox: u16,
    ways: Mutex<VecDeque<Way>>,
    held: Mutex<Vec<String>>,
    said: Mutex<Sender<String>>,
}

/// The gate.
#[derive(Debug)]
pub struct Gate {
    port: u16,
    shared: Arc<Shared>,
    heard: Receiver<String>,
}

impl Gate {
    /// A gate before the sandbox on this port. One way for each request;
    /// further ones go through.
    #[must_use]
    pub fn before(sandbox: u16, ways: &[Way]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (said, heard) = channel();
        let shared = Arc::new(Shared {
            sandbox,
            ways: Mutex::new(ways.iter().copied().collect()),
            held: Mutex::default(),
            said: Mutex::new(said),
        });
        let gate = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let gate = Arc::clone(&gate);
                thread::spawn(move || gate.serve(stream));
            }
        });
        Self {
            port,
            shared,
            heard,
        }
    }

    /// The address of the API behind it.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}/ecapi", self.port)
    }

    /// Waits until a request was held or told of, and gives its method.
    #[must_use]
    pub fn wait(&self) -> String {
        let limit = std::time::Duration::from_secs(30);
        let request = self.heard.recv_timeout(limit).unwrap();
        let method = request.split("method=").nth(1).unwrap();
        method.split('&').next().unwrap().to_owned()
    }

    /// Delivers the requests that are held, with nobody left to answer to.
    pub fn deliver(&self) {
        for request in self.shared.held.lock().unwrap().drain(..) {
            self.shared.ask(&request);
        }
    }
}

impl Shared {
    fn serve(&self, mut client: TcpStream) {
        while let Some(request) = read_request(&mut client) {
            let way = self.ways.lock().unwrap().pop_front();
            let way = way.unwrap_or(Way::Through);
            match way {
                Way::LoseRequest => return,
                Way::HoldRequest => {
                    self.held.lock().unwrap().push(request.clone());
                    self.say(request);
                    return hold(client);
                }
                Way::LoseAnswer | Way::HoldAnswer => {
                    self.ask(&request);
                    if way == Way::LoseAnswer {
                        return;
                    }
                    self.say(request);
                    return hold(client);
                }
                Way::Through | Way::Tell => {
                    let answer = self.ask(&request);
                    if client.write_all(&answer).is_err() {
                        return;
                    }
                    if way == Way::Tell {
                        self.say(request);
                    }
                }
            }
        }
    }

    /// The sandbox's whole answer.
    fn ask(&self, request: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.sandbox)).unwrap();
        // One request to a connection: its end is the answer's.
        let request = request.replacen("\r\n", "\r\nconnection: close\r\n", 1);
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        answer
    }

    fn say(&self, request: String) {
        // The test may be over.
        let _ = self.said.lock().unwrap().send(request);
    }
}

/// Says nothing until the client leaves.
fn hold(mut client: TcpStream) {
    let _ = client.read_to_end(&mut Vec::new());
}
