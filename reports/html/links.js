// Links inside our blocks are ordinary links. Where this script runs they change the page
// without loading it anew; a quote of the decree closes on Esc and when another opens.
const OURS = '[data-testid=stMain] [data-testid=stHtml] a[href^="/"]';
const CHOICES = '[data-testid=stHtml] form.choices';
const QUOTES = '[data-testid=stHtml] details.q[open]';
const CONNECTED = '[data-testid=stApp][data-test-connection-state=CONNECTED]';

// A screen that writes the chosen period into its own address does not go anywhere: as long as
// nobody has pressed anything since the last step, that is no step for Back to stop at.
const push = window.history.pushState.bind(window.history);
let pressed = false;
['pointerdown', 'keydown', 'click', 'change'].forEach((kind) => {
  document.addEventListener(kind, () => { pressed = true; }, true);
});
window.addEventListener('popstate', () => { pressed = false; }, true);
window.history.pushState = (state, unused, href) => {
  const here = new URL(href, window.location.href).pathname === window.location.pathname;
  if (here && !pressed) window.history.replaceState(state, unused, href);
  else push(state, unused, href);
  pressed = false;
};

// The frame shows whatever address the browser's history comes to. So a click is a step in
// the history like any other: one run of the screen, and Back leads where it says.
const go = (href) => {
  const held = document.activeElement;
  // What has the focus goes with its block: left there, all would be styled twice on its way out.
  if (held instanceof HTMLElement && held.closest('[data-testid=stHtml]')) held.blur();
  const before = window.location.pathname;
  window.history.pushState({}, '', href);
  window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  if (before !== window.location.pathname) document.querySelector('[data-testid=stMain]').scrollTo(0, 0);
};
const canGo = (path) => SCREENS.includes(path) && document.querySelector(CONNECTED);

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest(OURS) : null;
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || link.hasAttribute('download')) return;
  if (link.hash || link.target === '_blank' || !canGo(link.pathname)) return;
  event.preventDefault();
  go(link.getAttribute('href'));
});

// A choice is a form that asks for an address; what is not chosen stays out of it.
const addressOf = (form) => {
  const chosen = [...new FormData(form)].filter(([, value]) => value !== '');
  return `${new URL(form.action).pathname}?${new URLSearchParams(chosen)}`;
};
// The block a select stands in is drawn anew; whoever chose by keyboard stays where they were.
const stayAt = (chosen) => {
  const observer = new MutationObserver(() => {
    const select = document.querySelector(`${CHOICES} select[name="${chosen.name}"]`);
    if (!select || select === chosen) return;
    observer.disconnect();
    if (document.activeElement !== document.body) return;
    // with the next picture, not before it: to focus at once would lay the page out twice
    window.requestAnimationFrame(() => select.focus({ preventScroll: true }));
  });
  observer.observe(document.body, { childList: true, subtree: true });
  window.setTimeout(() => observer.disconnect(), 5000);
};
document.addEventListener('change', (event) => {
  const form = event.target instanceof Element ? event.target.closest(CHOICES) : null;
  if (!form) return;
  if (!canGo(new URL(form.action).pathname)) {
    form.submit();
    return;
  }
  stayAt(event.target);
  go(addressOf(form));
});

// A light that filters is a button by its role, and the space bar presses a button.
document.addEventListener('keydown', (event) => {
  const button = event.key === ' ' && event.target instanceof Element && event.target.closest('a[role=button]');
  if (!button) return;
  event.preventDefault();
  button.click();
});

// The figures' colours are the server's: it is asked again once the frame has taken on the
// reader's other theme.
const themed = (scheme, tries) => {
  const drawn = document.querySelector('[data-testid=stMain] .js-plotly-plot');
  if (!drawn || !document.querySelector(CONNECTED) || tries === 0) return;
  if (getComputedStyle(document.querySelector(CONNECTED)).colorScheme !== scheme) {
    window.setTimeout(themed, 100, scheme, tries - 1);
    return;
  }
  window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
};
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
  // paper counts as light for as long as it is printed; print.js sees to that
  if (!window.matchMedia('print').matches) themed(matches ? 'dark' : 'light', 50);
});

document.addEventListener('click', (event) => {
  const kept = event.target instanceof Element ? event.target.closest('details.q') : null;
  document.querySelectorAll(QUOTES).forEach((quote) => {
    if (quote !== kept) quote.open = false;
  });
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  document.querySelectorAll(QUOTES).forEach((quote) => {
    quote.open = false;
    quote.querySelector('summary').focus();
  });
});
