// Fetches the page anew when something has changed, and every so often: that a look is overdue is no event. Counts ages on in
// between. Without it the pages still work.
(() => {
  'use strict';
  const BATCH = 250;
  const PERIOD = 15_000;
  const AGAIN = 3_000;
  const page = () => document.getElementById('page');

  document.addEventListener('click', (click) => {
    const dismiss = click.target.closest('.dismiss');
    if (dismiss) {
      click.preventDefault();
      dismiss.closest('.flash').remove();
    }
  });

  // Ages, in the words of Words.java, by the server's clock.
  let ahead;
  const readClock = () => { ahead = Date.parse(page().dataset.now) - Date.now(); };
  const words = (seconds) => {
    const [d, h, min, s] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
    return d > 0 ? `${d} d ${h} h` : h > 0 ? `${h} h ${min} min` : min > 0 ? `${min} min ${s} s` : `${s} s`;
  };
  const age = () => {
    document.querySelectorAll('[data-since]').forEach((element) => {
      const seconds = Math.max(0, Math.floor((Date.now() + ahead - Date.parse(element.dataset.since)) / 1_000));
      if (element.localName === 'progress') {
        if (element.hasAttribute('value')) element.value = Math.min(element.max, seconds);
      } else {
        element.textContent = words(seconds);
      }
    });
  };
  readClock();
  setInterval(age, 1_000);

  // A page that does not change has nothing to follow.
  if (!page().hasAttribute('hx-get')) return;

  const say = (text) => { document.getElementById('live').textContent = text; };
  let waiting;
  let asked = Date.now();
  const refresh = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      asked = Date.now();
      htmx.trigger(page(), 'changed');
    }, BATCH);
  };
  setInterval(() => { if (!document.hidden && Date.now() - asked >= PERIOD) refresh(); }, 1_000);

  let stream;
  const follow = () => {
    stream?.close();
    const events = new EventSource('/live');
    stream = events;
    events.addEventListener('changed', refresh);
    // What changed while nobody listened is not told again.
    events.addEventListener('open', () => { say('live'); refresh(); });
    events.addEventListener('error', () => {
      say('not connected; trying again');
      if (events.readyState !== EventSource.CLOSED) return;
      // Refused: the page itself finds out whether the session has ended.
      refresh();
      setTimeout(() => { if (stream === events) follow(); }, AGAIN);
    });
  };
  // A browser opens six connections to one host: a tab that nobody sees must not keep one.
  const leave = () => {
    stream?.close();
    stream = undefined;
    say('paused');
  };
  document.addEventListener('visibilitychange', () => { if (document.hidden) leave(); else follow(); });
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', (shown) => { if (shown.persisted) follow(); });

  // What is pressed must be there when it is released, else nothing is clicked.
  const PRESSED = 5_000;
  let pressed;
  let missed = false;
  const released = () => {
    clearTimeout(pressed);
    pressed = undefined;
    if (missed) refresh();
    missed = false;
  };
  // Not every release is told of.
  const press = () => { clearTimeout(pressed); pressed = setTimeout(released, PRESSED); };
  const release = () => setTimeout(released);
  document.addEventListener('pointerdown', ({button}) => { if (button === 0) press(); });
  ['pointerup', 'pointercancel', 'contextmenu', 'dragend'].forEach((end) => document.addEventListener(end, release));
  document.addEventListener('keydown', ({key}) => { if (key === ' ') press(); });
  document.addEventListener('keyup', ({key}) => { if (key === ' ') release(); });
  window.addEventListener('blur', release);

  // What somebody has unfolded or scrolled to, and where the keyboard is, survives the exchange of the page.
  let unfolded = [];
  let scrolled = [];
  let focused;
  let around;
  document.addEventListener('htmx:beforeSwap', ({detail}) => {
    if (pressed) {
      detail.shouldSwap = false;
      missed = true;
      return;
    }
    if (detail.xhr.status === 401 || (detail.shouldSwap && !detail.serverResponse.includes('id="page"'))) {
      // The log-in page, or a stranger's, is for the reader and not for this page.
      detail.shouldSwap = false;
      location.reload();
      return;
    }
    unfolded = [...page().querySelectorAll('details[open][id]')].map((details) => details.id);
    scrolled = [...page().querySelectorAll('.wide[id]')].map((wide) => [wide.id, wide.scrollLeft]);
    focused = page().contains(document.activeElement) ? document.activeElement.id : '';
    around = document.activeElement?.closest('.store')?.id;
  });
  document.addEventListener('htmx:afterSwap', () => {
    readClock();
    if (stream?.readyState === EventSource.OPEN) say('live');
    unfolded.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
    scrolled.forEach(([id, left]) => { if (left) document.getElementById(id)?.scrollTo({left}); });
    if (!focused) return;
    // Where a button is gone with what it was for, its store is still the place.
    const again = document.getElementById(focused) ?? document.getElementById(around)?.querySelector('h2 a');
    again?.focus({preventScroll: true});
  });
  document.addEventListener('htmx:sendError', () => say('not connected; trying again'));
  document.addEventListener('htmx:responseError', ({detail}) => {
    if (detail.xhr.status !== 401) say(`not up to date (${detail.xhr.status}); trying again`);
  });

  if (!document.hidden) follow();
})();
