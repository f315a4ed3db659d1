//! Gives the same answer to every request, at once or after the milliseconds
//! that its argument names. Prints its port, and ends when its standard input
//! does.

#![expect(clippy::print_stdout, reason = "its port is its output")]

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use kessai_benches::{ANSWER, PAYMENT};

fn main() -> io::Result<()> {
    let delay = std::env::args()
        .nth(1)
        .and_then(|a| a.parse().ok())
        .unwrap_or(0);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream, Duration::from_millis(delay)));
        }
    });
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

fn serve(mut stream: TcpStream, delay: Duration) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let [invoice, payment] = [ANSWER, PAYMENT].map(|body| {
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    });
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        while let Some(length) = whole_request(&bytes) {
            let is_payment = bytes.starts_with(b"POST /api/");
            bytes.drain(..length);
            if !delay.is_zero() {
                thread::sleep(delay);
            }
            let answer = if is_payment { &payment } else { &invoice };
            stream.write_all(answer.as_bytes())?;
        }
        let amount = stream.read(&mut buffer)?;
        if amount == 0 {
            return Ok(());
        }
        bytes.extend(buffer.iter().take(amount));
    }
}

/// How many bytes the first request takes, once all of it is there.
fn whole_request(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|w| w == b"\r\n\r\n")?;
    let text = std::str::from_utf8(bytes.get(..head)?).ok()?;
    let body = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse::<usize>().ok())
        .unwrap_or(0);
    let length = head.checked_add(4)?.checked_add(body)?;
    (bytes.len() >= length).then_some(length)
}
