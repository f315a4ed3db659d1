// Makes a token of a card in the browser and hands the shop that token alone.
'use strict';
(() => {
  const find = (id) => document.getElementById(id);
  const form = find('entry');
  const words = form.dataset;
  find('needs-script').remove();
  const FIELDS = ['number', 'exp_month', 'exp_year', 'cvc'];

  // A narrow list shows no more than the number: what comes of the card stands below it.
  const describe = () => {
    const chosen = find('test-card').selectedOptions[0];
    find('does').textContent = chosen.dataset.does ?? '';
    return chosen;
  };
  const fill = () => {
    const chosen = describe();
    if (!chosen.value) {
      find('number').value = '';
      find('number').focus();
      return;
    }
    find('number').value = chosen.value;
    find('exp_month').value = '12';
    find('exp_year').value = words.year;
    find('cvc').value = chosen.dataset.cvc;
  };
  find('test-card').addEventListener('change', fill);
  find('number').addEventListener('input', () => {
    const typed = find('number').value.replaceAll(' ', '');
    const known = [...find('test-card').options].find((it) => it.value === typed);
    find('test-card').value = known ? known.value : '';
    describe();
  });

  // What the API calls a mistake, and where it is shown: a place, words, a field.
  const place = (status, said) => {
    if (status === 401 || status === 403) return ['key-wrong', words.keyWrong];
    switch (said.param) {
      case 'card.number':
        return ['number-wrong', said.code === 'test_card_required' ? words.numberUnknown : words.numberWrong, 'number'];
      case 'card.exp_month': return ['expiry-wrong', words.expiryWrong, 'exp_month'];
      case 'card.exp_year': return ['expiry-wrong', words.expiryWrong, 'exp_year'];
      case 'card.cvc': return ['cvc-wrong', words.cvcWrong, 'cvc'];
      default: return ['key-wrong', words.failed];
    }
  };
  const clear = () => {
    for (const it of document.querySelectorAll('.wrong[id]')) it.textContent = '';
    for (const name of FIELDS) find(name).removeAttribute('aria-invalid');
  };
  const complain = ([where, text, field]) => {
    find(where).textContent = text;
    find('hear').textContent = '';
    if (field) {
      find(field).setAttribute('aria-invalid', 'true');
      find(field).focus();
    }
  };

  const tokenize = async () => {
    const card = Object.fromEntries(FIELDS.map((name) => [name, find(name).value.trim()]));
    const answer = await fetch('/api/tokens', {
      method: 'POST',
      headers: { authorization: `Bearer ${words.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ card }),
    });
    const said = await answer.json();
    if (!answer.ok) {
      complain(place(answer.status, said.error ?? said));
      return;
    }
    for (const name of FIELDS) find(name).value = '';
    find('token').value = said.id;
    find('hear').textContent = words.handedOver;
    find('hand-over').submit();
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (find('submit').disabled) return;
    clear();
    find('submit').disabled = true;
    find('hear').textContent = words.busy;
    try {
      await tokenize();
    } catch {
      complain(['key-wrong', words.failed]);
    }
    find('submit').disabled = false;
  });

  // Also when the browser's back button brings the page here again.
  window.addEventListener('pageshow', () => {
    find('hear').textContent = '';
    find('submit').disabled = false;
    fill();
  });
})();
