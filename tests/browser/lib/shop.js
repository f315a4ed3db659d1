// A shop of another origin, which keeps what it was sent.
import { createServer } from 'node:http';

export class Shop {
  static async open() {
    const shop = new Shop();
    shop.requests = [];
    shop.server = createServer(async (request, answer) => {
      let body = '';
      for await (const part of request) body += part;
      const { method, url: path, headers: { referer, origin } } = request;
      shop.requests.push({ method, path, referer, origin, body });
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.end('<!DOCTYPE html><html lang="ja"><title>店舗</title><link rel="icon" href="data:,"><main><h1>店舗</h1></main></html>');
    });
    await new Promise((resolve) => shop.server.listen(0, 'localhost', resolve));
    shop.url = `http://localhost:${shop.server.address().port}`;
    return shop;
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
