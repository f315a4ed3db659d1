// Keeps the dashboard up to date and puts keys under its links and buttons. The
// server renders everything: without this file the page works, by reloading.
'use strict';
(() => {
  const find = (id) => document.getElementById(id);
  const words = document.body.dataset;

  // What is shown is always fetched whole, so whoever was away has missed nothing.
  let busy = false;
  let again = false;
  const held = () => {
    const field = document.activeElement;
    const typing = field && field.matches('textarea');
    const chosen = getSelection();
    return typing || (!chosen.isCollapsed && find('content').contains(chosen.anchorNode));
  };
  // What came of a button is said for a moment; a reload does not say it again.
  let silence = null;
  const tell = (said) => {
    if (said !== find('said')) find('said').replaceChildren(...said.children);
    clearTimeout(silence);
    silence = setTimeout(() => find('said').replaceChildren(), 4000);
    const address = new URL(location.href);
    address.searchParams.delete('said');
    history.replaceState(null, '', address);
  };
  const show = (page, same) => {
    const fresh = page && page.getElementById('content');
    if (!fresh) return;
    const focus = document.activeElement && document.activeElement.id;
    const field = focus === 'q' ? find('q') : null;
    const rule = same && find('rule');
    const scrolled = same ? [...document.querySelectorAll('pre[id], #detail')].map((it) => [it.id, it.scrollTop]) : [];
    find('content').replaceWith(document.adoptNode(fresh));
    const said = page.getElementById('said');
    if (said.childElementCount > 0) tell(said);
    find('language').href = page.getElementById('language').href;
    for (const [id, top] of scrolled) if (find(id)) find(id).scrollTop = top;
    if (focus && find(focus)) find(focus).focus({ preventScroll: true });
    if (rule && find('rule')) find('rule').value = rule.value;
    if (field && find('q')) {
      // A search that is being typed is not taken away.
      find('q').value = field.value;
      find('q').setSelectionRange(field.selectionStart, field.selectionEnd);
    }
    prepare();
  };
  // An XMLHttpRequest hands over a document, so no markup is ever written from text.
  const load = (address, done) => {
    const request = new XMLHttpRequest();
    request.open('GET', address);
    request.responseType = 'document';
    request.onload = () => done(request.status === 200 ? request.response : null);
    request.onerror = () => done(null);
    request.send();
  };
  const refresh = () => {
    if (busy || held()) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    const address = location.href;
    load(address, (page) => {
      busy = false;
      if (address === location.href && !held()) show(page, true);
      else again = true;
      if (again && !held()) refresh();
    });
  };
  setInterval(() => { if (again) refresh(); }, 500);

  const go = (address, back) => {
    load(address, (page) => {
      if (!page) {
        location.assign(address);
        return;
      }
      if (!back) history.pushState(null, '', address);
      if (document.activeElement) document.activeElement.blur();
      getSelection().removeAllRanges();
      show(page, false);
      const detail = page && new URL(address, location.href).searchParams.get('id');
      if (detail && find(`line-${detail}`)) find(`line-${detail}`).focus({ preventScroll: true });
    });
  };
  window.addEventListener('popstate', () => go(location.href, true));

  document.addEventListener('click', (event) => {
    const link = event.target.closest('#content a');
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (link && plain && link.pathname === '/') {
      event.preventDefault();
      go(link.href);
    }
    const copy = event.target.closest('[data-copy]');
    if (copy) take(copy);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method === 'get') {
      event.preventDefault();
      go(`/?${new URLSearchParams(new FormData(form))}`);
    } else if (form.method === 'post') {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form, event.submitter));
      fetch(form.action, { method: 'POST', body }).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        if (document.activeElement && document.activeElement.matches('textarea')) document.activeElement.blur();
        history.replaceState(null, '', answer.url);
        refresh();
      }).catch(() => offline());
    }
  });

  document.addEventListener('change', async (event) => {
    if (event.target.id !== 'restore' || !event.target.files[0]) return;
    const body = await event.target.files[0].text();
    event.target.value = '';
    try {
      const answer = await fetch('/_sandbox/restore', { method: 'POST', body });
      const line = document.createElement('p');
      line.className = answer.ok ? 'said good' : 'said bad';
      line.textContent = answer.ok ? words.done : (await answer.json()).error;
      find('said').replaceChildren(line);
      tell(find('said'));
    } catch {
      offline();
    }
  });

  const take = async (button) => {
    const source = find(button.dataset.copy);
    const name = button.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = name; }, 1500);
    } catch {
      // Not allowed here: leave it selected for the keyboard.
      getSelection().selectAllChildren(source);
    }
  };

  // Keys, unless something is being typed.
  const move = (by) => {
    const lines = [...document.querySelectorAll('.lines a')];
    if (lines.length === 0) return;
    let at = lines.indexOf(document.activeElement);
    if (at < 0) at = lines.findIndex((it) => it.hasAttribute('aria-current'));
    const next = lines[Math.min(Math.max(at + by, 0), lines.length - 1)];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  };
  const press = (id) => { if (find(id)) find(id).click(); };
  const keys = {
    '/': () => { if (find('q')) find('q').select(); },
    j: () => move(1),
    k: () => move(-1),
    c: () => press('copy-curl'),
    r: () => press('act-redeliver'),
    '?': () => find('help').showModal(),
    Escape: () => press('close'),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || find('help').open) return;
    if (event.target.matches('input, textarea')) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  find('help-open').addEventListener('click', () => find('help').showModal());

  // The clock runs here between two looks at the server's.
  let since = performance.now();
  const prepare = () => {
    since = performance.now();
    for (const button of document.querySelectorAll('.needs-script')) button.hidden = false;
  };
  const tick = () => {
    const now = find('now');
    if (now.dataset.frozen === 'true') return;
    const millis = Number(now.dataset.millis) + performance.now() - since + Number(now.dataset.offset) * 1000;
    now.textContent = new Date(millis).toISOString().slice(0, 19).replace('T', ' ');
  };
  setInterval(tick, 250);

  // News; a stream that ended is opened again for as long as it takes.
  const state = (on) => {
    find('live').className = on ? 'live on' : 'live off';
    const text = on ? words.live : words.broken;
    if (find('live').textContent !== text) find('live').textContent = text;
  };
  const offline = () => state(false);
  let known = null;
  const listen = () => {
    const stream = new EventSource('/_sandbox/events');
    stream.onmessage = (event) => {
      state(true);
      if (event.data !== known) refresh();
      known = event.data;
    };
    stream.onerror = () => {
      offline();
      known = null;
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    };
  };
  prepare();
  if (find('said').childElementCount > 0) tell(find('said'));
  listen();
})();
