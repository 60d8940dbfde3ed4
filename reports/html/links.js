// Links inside our blocks are ordinary links. Where this script runs they change the page
// without loading it anew; a quote of the decree closes on Esc and when another opens.
const OURS = '[data-testid=stMain] [data-testid=stHtml] a[href^="/"]:not([href^="/dang-nhap"])';
const QUOTES = '[data-testid=stMain] details.q[open]';

// Going back must show what that address says. Streamlit leaves an entry between two
// screens, the old path with the new query; whoever comes to it is sent where they were.
// While one screen makes way for another there is no component, and Streamlit alone would
// answer a reader who is quicker with the old path and none of its query: this listener
// belongs to the document and stays, however often the script is loaded.
const jumps = (window.kpiJumps ??= new Map());
const addressOf = (place) => `${place.pathname}?${new URLSearchParams(place.search)}`;
const back = () => {
  const meant = jumps.get(addressOf(window.location));
  if (meant) window.location.replace(meant);
  else window.location.reload();
};
if (!window.kpiGoesBack) {
  window.kpiGoesBack = true;
  window.addEventListener('popstate', back);
}

export default function (component) {
  const { data, setTriggerValue } = component;
  document.documentElement.lang = data.lang;
  speak(data.words);

  const follow = (event) => {
    const link = event.target instanceof Element ? event.target.closest(OURS) : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.hasAttribute('download')) return;
    event.preventDefault();
    if (link.pathname !== window.location.pathname) {
      const between = { pathname: window.location.pathname, search: link.search };
      jumps.set(addressOf(between), window.location.href);
    }
    setTriggerValue('address', link.getAttribute('href'));
  };
  const closeOthers = (event) => {
    const kept = event.target instanceof Element ? event.target.closest('details.q') : null;
    document.querySelectorAll(QUOTES).forEach((quote) => {
      if (quote !== kept) quote.open = false;
    });
  };
  const escape = (event) => {
    if (event.key !== 'Escape') return;
    document.querySelectorAll(QUOTES).forEach((quote) => {
      quote.open = false;
      quote.querySelector('summary').focus();
    });
  };
  document.addEventListener('click', follow);
  document.addEventListener('click', closeOthers);
  document.addEventListener('keydown', escape);
  return () => {
    document.removeEventListener('click', follow);
    document.removeEventListener('click', closeOthers);
    document.removeEventListener('keydown', escape);
  };
}
