//! A server that does exactly what its script says.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What to do with one request, once all of it was read.
#[derive(Debug, Clone)]
pub enum Act {
    /// Write these bytes and keep the connection.
    Answer(Vec<u8>),
    /// Write these bytes and close.
    AnswerAndClose(Vec<u8>),
    /// Close without a word.
    Close,
    /// Say nothing until the test is over.
    Silence,
    /// Write these bytes again and again until the client has had enough.
    Flood(Vec<u8>),
}

/// An HTTP answer with a JSON body.
#[must_use]
pub fn json(body: &str) -> Act {
    Act::Answer(
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes(),
    )
}

/// An HTTP answer with this status line and further header lines, and a body.
#[must_use]
pub fn http(head: &str, body: &str) -> Act {
    let length = body.len();
    Act::Answer(format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes())
}

#[derive(Debug, Default)]
struct Shared {
    script: Mutex<Vec<Act>>,
    always: Mutex<Option<(Duration, Act)>>,
    requests: Mutex<Vec<String>>,
    arrived: Mutex<Vec<Instant>>,
    connections: AtomicUsize,
    over: AtomicBool,
    changed: Condvar,
}

/// The server.
#[derive(Debug)]
pub struct Scripted {
    port: u16,
    shared: Arc<Shared>,
}

impl Scripted {
    /// Starts a server that takes one act for each request, and closes the
    /// connection of any further one.
    #[must_use]
    pub fn start(script: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let shared = Arc::new(Shared::default());
        *shared.script.lock().unwrap() = script.into_iter().collect();
        let port = listener.local_addr().unwrap().port();
        let server = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if server.over.load(Ordering::SeqCst) {
                    return;
                }
                server.connections.fetch_add(1, Ordering::SeqCst);
                let server = Arc::clone(&server);
                thread::spawn(move || serve(&server, stream));
            }
        });
        Self { port, shared }
    }

    /// Answers every further request with this JSON body after so long.
    pub fn answer_slowly(&self, after: Duration, body: &str) {
        *self.shared.always.lock().unwrap() = Some((after, json(body)));
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/ecapi", self.port)
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The requests so far, head and body.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// How long after the first request the second came, and so on.
    #[must_use]
    pub fn gaps(&self) -> Vec<Duration> {
        let arrived = self.shared.arrived.lock().unwrap();
        arrived.windows(2).map(|w| w[1] - w[0]).collect()
    }

    /// The connections so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        self.shared.changed.notify_all();
        // Wakes the listener, so that its thread ends.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Shared {
    /// What to do once the script is over.
    fn further(&self) -> Act {
        let always = self.always.lock().unwrap().clone();
        match always {
            None => Act::Close,
            Some((after, act)) => {
                thread::sleep(after);
                act
            }
        }
    }
}

fn serve(server: &Shared, mut stream: TcpStream) {
    while let Some(request) = read_request(&mut stream) {
        server.arrived.lock().unwrap().push(Instant::now());
        server.requests.lock().unwrap().push(request);
        let act = {
            let mut script = server.script.lock().unwrap();
            if script.is_empty() {
                server.further()
            } else {
                script.remove(0)
            }
        };
        match act {
            Act::Answer(bytes) => {
                if stream.write_all(&bytes).is_err() {
                    return;
                }
            }
            Act::AnswerAndClose(bytes) => {
                let _ = stream.write_all(&bytes);
                return;
            }
            Act::Close => return,
            Act::Silence => {
                let mut script = server.script.lock().unwrap();
                while !server.over.load(Ordering::SeqCst) {
                    let limit = Duration::from_millis(100);
                    script = server.changed.wait_timeout(script, limit).unwrap().0;
                }
                return;
            }
            Act::Flood(bytes) => {
                while !server.over.load(Ordering::SeqCst) {
                    if stream.write_all(&bytes).is_err() {
                        break;
                    }
                }
                return;
            }
        }
    }
}

/// Head and body of one request; none when the client is gone.
pub(crate) fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length: usize = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse().unwrap());
            if body.len() >= length {
                return Some(text.into_owned());
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(amount) => bytes.extend_from_slice(&buffer[..amount]),
        }
    }
}
