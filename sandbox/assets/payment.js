// Keeps the payment page up to date. The server rendered everything already:
// without this file the page reloads itself every ten seconds instead.
'use strict';
(() => {
  const page = document.getElementById('page');
  const find = (id) => document.getElementById(id);
  const words = page.dataset;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // At most six sentences are spoken during one invoice; the last of them is kept
  // for the end, and two more for changes that matter more than the time.
  const MOST = { time: 3, change: 5, end: 6 };
  const ENDS = ['complete', 'over', 'expired', 'invalid', 'canceled'];
  let spoken = 0;
  const say = (text, why) => {
    if (spoken >= MOST[why]) return;
    spoken += 1;
    find('hear').textContent = text;
  };

  // Time: seconds left come from the server, only their passing is counted here.
  let seconds = words.seconds === '' ? null : Number(words.seconds);
  let since = performance.now();
  let frozen = words.frozen === 'true';
  let left = seconds;
  const tick = () => {
    if (seconds === null) return;
    const gone = frozen ? 0 : Math.floor((performance.now() - since) / 1000);
    const now = Math.max(0, seconds - gone);
    if (now === left) return;
    const time = fill(now < 60 ? words.s : words.ms, { m: Math.floor(now / 60), s: now % 60 });
    const text = fill(words.left, { time });
    // At two minutes a page that still waits changes its state, and says that instead.
    const marks = words.state === 'new' ? [300, 30] : [300, 120, 30];
    if (marks.some((mark) => left > mark && now <= mark)) say(text, 'time');
    left = now;
    find('time').value = now;
    find('timer').textContent = text;
    if (now === 0) doubt();
  };
  // Nobody is asked to send anything while it is not known whether that is too late.
  const doubt = () => {
    seconds = null;
    words.state = 'unknown';
    words.asks = 'false';
    words.leaves = 'false';
    find('headline').textContent = words.checking;
    find('sign').setAttribute('d', words.checkingSign);
    find('timer').textContent = '';
    look();
  };

  const show = (live) => {
    const changed = live.state !== words.state;
    const held = document.activeElement;
    words.state = live.state;
    words.step = live.step;
    words.asks = live.asks;
    words.leaves = live.leaves;
    words.ends = live.ends;
    find('sign').setAttribute('d', live.sign);
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
    if (seconds !== null) find('time').value = seconds;
    if (changed) {
      pause = 2000;
      say(live.headline, ENDS.includes(live.state) ? 'end' : 'change');
      // Whoever held a button that is gone now is led to the news.
      const lost = held !== document.body && held && !held.checkVisibility();
      if (lost || document.activeElement === document.body) find('headline').focus({ preventScroll: !lost });
    }
    if (live.leaves) leave();
    else stop();
  };

  // Back to the shop, after a moment in which it can be stopped.
  let leaving = null;
  let stayed = false;
  const stop = () => {
    clearInterval(leaving);
    leaving = null;
  };
  const leave = () => {
    const link = find('return');
    if (leaving || stayed || !link) return;
    // A frame may only lead the whole window away after somebody touched it.
    const touched = !navigator.userActivation || navigator.userActivation.hasBeenActive;
    if (link.target === '_top' && window.top !== window && !touched) return;
    const stay = find('stay');
    const line = find('returning');
    let count = 5;
    const step = () => {
      line.textContent = fill(line.dataset.text, { s: count });
      if (count === 0) {
        clearInterval(leaving);
        if (link.target === '_top') link.click();
        else location.assign(link.href);
      }
      count -= 1;
    };
    leaving = setInterval(step, 1000);
    step();
    stay.hidden = false;
    stay.addEventListener('click', () => {
      stop();
      stayed = true;
      line.textContent = line.dataset.staying;
      stay.hidden = true;
      link.focus();
    }, { once: true });
  };

  // News: a stream of events; without one, or while it is broken, questions, at
  // first every two seconds and then less and less often.
  let stream = null;
  let pause = 2000;
  let asking = null;
  const later = (longest) => {
    clearTimeout(asking);
    asking = setTimeout(look, pause);
    pause = Math.min(pause * 1.5, longest);
  };
  const trouble = () => {
    if (find('offline').hidden) say(words.offline, 'time');
    find('offline').textContent = words.offline;
    find('offline').hidden = false;
  };
  const look = async () => {
    clearTimeout(asking);
    try {
      const answer = await fetch(words.status, { cache: 'no-store' });
      if (answer.status === 404) {
        // The sandbox was reset: its own page says so better than this one.
        location.reload();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
      if (stream && stream.readyState === EventSource.CLOSED) listen();
      if (!stream || stream.readyState !== EventSource.OPEN) later(15000);
    } catch {
      trouble();
      later(30000);
    }
  };
  const listen = () => {
    if (!window.EventSource) {
      later(15000);
      return;
    }
    stream = new EventSource(words.events);
    stream.onmessage = (event) => {
      clearTimeout(asking);
      pause = 2000;
      show(JSON.parse(event.data));
    };
    stream.onerror = () => {
      trouble();
      later(30000);
    };
  };
  // A stream may look open for minutes after the network went; a sandbox on this
  // machine may still be there. Both are found out by asking.
  window.addEventListener('offline', () => look());
  window.addEventListener('online', () => look());
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) look();
  });

  for (const button of document.querySelectorAll('.needs-script')) button.hidden = false;
  for (const button of document.querySelectorAll('[data-copy]')) {
    const text = button.textContent;
    const name = button.getAttribute('aria-label');
    let back = null;
    button.addEventListener('click', async () => {
      const source = find(button.dataset.copy);
      let copied = true;
      try {
        await navigator.clipboard.writeText(source.textContent);
      } catch {
        // Not allowed here, as in some frames: leave it selected for the keyboard.
        getSelection().selectAllChildren(source);
        copied = document.execCommand('copy');
      }
      button.textContent = copied ? words.copied : words.copyFailed;
      button.setAttribute('aria-label', button.textContent);
      button.classList.toggle('done', copied);
      clearTimeout(back);
      back = setTimeout(() => {
        button.textContent = text;
        button.setAttribute('aria-label', name);
        button.classList.remove('done');
      }, 2000);
    });
  }
  const bar = document.querySelector('.sandbox form');
  bar.addEventListener('submit', (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(bar, event.submitter));
    fetch(bar.action, { method: 'POST', body }).then(look, trouble);
  });

  setInterval(tick, 250);
  if (words.leaves === 'true') leave();
  listen();
})();
