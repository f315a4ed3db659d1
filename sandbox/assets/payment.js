// Keeps the payment page up to date. The server rendered everything already:
// without this file the page reloads itself every ten seconds instead.
'use strict';
(() => {
  const page = document.getElementById('page');
  const find = (id) => document.getElementById(id);
  const words = page.dataset;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // Time: seconds left come from the server, only their passing is counted here.
  let seconds = words.seconds === '' ? null : Number(words.seconds);
  let since = performance.now();
  let frozen = words.frozen === 'true';
  let left = seconds;

  // At most six sentences are spoken during one invoice.
  let spoken = 0;
  const say = (text) => {
    if (spoken < 6) {
      spoken += 1;
      find('hear').textContent = text;
    }
  };

  const tick = () => {
    if (seconds === null) return;
    const gone = frozen ? 0 : Math.floor((performance.now() - since) / 1000);
    const now = Math.max(0, seconds - gone);
    if (now === left) return;
    const time = fill(now < 60 ? words.s : words.ms, { m: Math.floor(now / 60), s: now % 60 });
    const text = fill(words.left, { time });
    find('timer').textContent = text;
    if ([300, 120, 30].some((mark) => left > mark && now <= mark)) say(text);
    left = now;
    if (now === 0) {
      find('timer').textContent = words.checking;
      look();
    }
  };

  const show = (live) => {
    const changed = live.state !== page.dataset.state;
    const held = document.activeElement;
    page.dataset.state = live.state;
    page.dataset.step = live.step;
    page.dataset.asks = live.asks;
    page.dataset.leaves = live.leaves;
    find('sign').textContent = live.sign;
    if (find('headline').textContent !== live.headline) find('headline').textContent = live.headline;
    find('note').textContent = live.note;
    find('timer').textContent = live.left;
    find('to-send').textContent = live.to_send;
    find('wallet').href = live.wallet.address;
    find('qr').setAttribute('viewBox', `0 0 ${live.wallet.side} ${live.wallet.side}`);
    find('qr-dark').setAttribute('d', live.wallet.path);
    find('received').textContent = live.received;
    find('received-row').hidden = live.received === '';
    find('offline').hidden = true;
    document.querySelectorAll('.steps li').forEach((step, index) => {
      if (index + 1 === live.step) step.setAttribute('aria-current', 'step');
      else step.removeAttribute('aria-current');
    });
    seconds = live.seconds_left;
    left = seconds;
    since = performance.now();
    frozen = live.frozen;
    if (changed) {
      say(live.headline);
      // Whoever held a button that is gone now is led to the news.
      if (held === document.body || (held && held.offsetParent === null)) find('headline').focus();
    }
    if (live.leaves) leave();
  };

  const trouble = (text) => {
    find('offline').textContent = text;
    find('offline').hidden = false;
  };

  // Back to the shop, after a moment in which it can be stopped.
  let leaving = false;
  const leave = () => {
    const link = find('return');
    if (leaving || !link) return;
    leaving = true;
    const stay = find('stay');
    const line = find('returning');
    let count = 5;
    const step = () => {
      line.textContent = fill(line.dataset.text, { s: count });
      if (count === 0) {
        clearInterval(timer);
        if (link.target === '_top') link.click();
        else location.assign(link.href);
      }
      count -= 1;
    };
    const timer = setInterval(step, 1000);
    step();
    stay.hidden = false;
    stay.addEventListener('click', () => {
      clearInterval(timer);
      line.textContent = line.dataset.staying;
      stay.hidden = true;
      link.focus();
    }, { once: true });
  };

  // News: a stream of events; if it breaks, questions, at first often and then less so.
  let pause = 2000;
  let asking = null;
  const look = async () => {
    clearTimeout(asking);
    try {
      const answer = await fetch(words.status, { cache: 'no-store' });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
      pause = 2000;
      if (stream && stream.readyState === EventSource.CLOSED) listen();
    } catch {
      trouble(words.offline);
      asking = setTimeout(look, pause);
      pause = Math.min(pause * 1.5, 30000);
    }
  };
  let stream = null;
  const listen = () => {
    if (!window.EventSource) {
      setInterval(look, 4000);
      return;
    }
    stream = new EventSource(words.events);
    stream.onmessage = (event) => show(JSON.parse(event.data));
    stream.onerror = () => {
      trouble(words.offline);
      clearTimeout(asking);
      asking = setTimeout(look, 2000);
    };
  };
  window.addEventListener('online', look);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) look();
  });

  for (const button of document.querySelectorAll('.needs-script')) button.hidden = false;
  for (const button of document.querySelectorAll('[data-copy]')) {
    const name = button.textContent;
    button.addEventListener('click', async () => {
      const source = find(button.dataset.copy);
      let text = words.copied;
      try {
        await navigator.clipboard.writeText(source.textContent);
      } catch {
        // Not allowed here, as in some frames: leave it selected for the keyboard.
        getSelection().selectAllChildren(source);
        text = document.execCommand('copy') ? words.copied : words.copyFailed;
      }
      button.textContent = text;
      setTimeout(() => { button.textContent = name; }, 2000);
    });
  }
  const bar = document.querySelector('.sandbox form');
  bar.addEventListener('submit', (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(bar, event.submitter));
    fetch(bar.action, { method: 'POST', body }).then(look, () => trouble(words.offline));
  });

  setInterval(tick, 250);
  if (page.dataset.leaves === 'true') leave();
  listen();
})();
