// Fetches the page anew when something has changed, and lets the clocks run in between. Without it the pages still work.
(() => {
  'use strict';
  const BATCH = 250;
  let waiting;

  const refresh = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      const page = document.getElementById('page');
      if (page) htmx.trigger(page, 'changed');
    }, BATCH);
  };

  const say = (text) => { document.getElementById('live').textContent = text; };

  const follow = () => {
    const events = new EventSource('/live');
    let lost = false;
    events.addEventListener('changed', refresh);
    events.addEventListener('open', () => {
      say('live');
      // What changed while nobody listened is not told again.
      if (lost) refresh();
      lost = false;
    });
    events.addEventListener('error', () => {
      lost = true;
      say('not connected; trying again');
      if (events.readyState === EventSource.CLOSED) setTimeout(follow, 3000);
    });
  };

  // What somebody has unfolded, and where the keyboard is, survives the exchange of the page.
  let open = [];
  let focused;
  document.addEventListener('htmx:beforeSwap', () => {
    open = [...document.querySelectorAll('details[open][id]')].map((details) => details.id);
    focused = document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.closest('[id]')?.id;
  });
  document.addEventListener('htmx:afterSwap', () => {
    open.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
    if (focused && focused !== 'page') {
      const again = document.querySelector(`[aria-label="${CSS.escape(focused)}"]`) ?? document.getElementById(focused);
      again?.focus({preventScroll: true});
    }
  });

  const words = (seconds) => (seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`);
  setInterval(() => {
    document.querySelectorAll('progress[data-elapsed]').forEach((bar) => {
      bar.dataset.elapsed = Number(bar.dataset.elapsed) + 1;
      bar.value = Math.min(bar.max, Number(bar.dataset.elapsed));
    });
    document.querySelectorAll('[data-clock]').forEach((clock) => {
      clock.dataset.clock = Number(clock.dataset.clock) + 1;
      if (Number(clock.dataset.clock) < 3600) clock.textContent = words(Number(clock.dataset.clock));
    });
  }, 1000);

  follow();
})();
