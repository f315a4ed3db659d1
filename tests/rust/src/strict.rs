//! A fast server that is as strict about nonces as the service, and writes
//! down every one.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use kessai::nonce::Nonce;

use crate::scripted::{Act, json, read_request};

#[derive(Debug, Default)]
struct Book {
    last: Option<Nonce>,
    arrived: Vec<Nonce>,
    accepted: usize,
}

/// The server.
#[derive(Debug)]
pub struct Strict {
    port: u16,
    book: Arc<Mutex<Book>>,
}

impl Strict {
    /// Starts one that knows no nonce yet.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let book = Arc::new(Mutex::new(Book::default()));
        let server = Arc::clone(&book);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let book = Arc::clone(&server);
                thread::spawn(move || serve(&book, stream));
            }
        });
        Self { port, book }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/ecapi", self.port)
    }

    /// Every nonce that arrived, in the order of arrival.
    #[must_use]
    pub fn arrived(&self) -> Vec<Nonce> {
        self.book.lock().unwrap().arrived.clone()
    }

    /// How many requests it executed.
    #[must_use]
    pub fn accepted(&self) -> usize {
        self.book.lock().unwrap().accepted
    }
}

fn serve(book: &Mutex<Book>, mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let found = answer(r#"{"success":1,"return":{"invoiceIds":null,"counts":0}}"#);
    let stale = answer(r#"{"success":0,"return":"nonce not incremented"}"#);
    while let Some(request) = read_request(&mut stream) {
        let nonce = request.split("nonce=").nth(1);
        let said = match nonce.and_then(|text| text.split('&').next()) {
            // The question for the time.
            None => &found,
            Some(nonce) => {
                let nonce: Nonce = nonce.parse().unwrap();
                let mut book = book.lock().unwrap();
                book.arrived.push(nonce);
                if book.last.is_some_and(|last| nonce <= last) {
                    &stale
                } else {
                    book.last = Some(nonce);
                    book.accepted += 1;
                    &found
                }
            }
        };
        if stream.write_all(said).is_err() {
            return;
        }
    }
}

fn answer(body: &str) -> Vec<u8> {
    match json(body) {
        Act::Answer(bytes) => bytes,
        other => panic!("{other:?}"),
    }
}
