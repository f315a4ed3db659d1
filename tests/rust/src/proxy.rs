//! A proxy of this test's own, which keeps what it was told.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A proxy that makes tunnels, or refuses to.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// Starts one that gives this answer to every request for a tunnel; a 200
    /// really makes one.
    #[must_use]
    pub fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heads);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || serve(stream, answer, &kept));
            }
        });
        Self { port, heads }
    }

    /// Its address, for somebody of this name and password.
    #[must_use]
    pub fn url(&self, who: &str) -> String {
        format!("http://{who}@127.0.0.1:{}", self.port)
    }

    /// Everything that was said to it before a tunnel stood.
    #[must_use]
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

fn serve(mut client: TcpStream, answer: &str, kept: &Mutex<Vec<String>>) -> Option<()> {
    let mut head = Vec::new();
    let mut byte = [0; 1];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte).ok()?;
        head.extend(byte);
    }
    let head = String::from_utf8(head).ok()?;
    kept.lock().unwrap().push(head.clone());
    write!(client, "HTTP/1.1 {answer}\r\n\r\n").ok()?;
    if !answer.starts_with("200") {
        return None;
    }
    let target = head.strip_prefix("CONNECT ")?.split(' ').next()?;
    let server = TcpStream::connect(target).ok()?;
    let (mut up, mut down) = (server.try_clone().ok()?, server);
    let mut from_client = client.try_clone().ok()?;
    thread::spawn(move || std::io::copy(&mut from_client, &mut up));
    std::io::copy(&mut down, &mut client).ok()?;
    Some(())
}
