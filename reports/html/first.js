// The first page may carry the overview, to be read while the frame is still on its way. Where the
// frame has drawn a screen, that one goes; what its reader has scrolled to, opened or focused stays.
const first = document.getElementById('first');
const makeWay = () => {
  const main = document.querySelector('[data-testid=stMain]:has(h1)');
  if (!main) return false;
  const same = (kind, one) => main.querySelectorAll(kind)[[...first.querySelectorAll(kind)].indexOf(one)];
  const quote = first.querySelector('details.q[open]');
  const held = first.contains(document.activeElement) ? document.activeElement : null;
  const top = first.scrollTop;
  const next = held && same('a[href], select, summary', held);
  if (quote && same('details.q', quote)) same('details.q', quote).open = true;
  first.remove();
  if (top > 0) main.scrollTop = top;
  next?.focus({ preventScroll: true });
  return true;
};
if (first) {
  new MutationObserver((_, observer) => {
    if (makeWay()) observer.disconnect();
  }).observe(document.getElementById('root'), { childList: true, subtree: true });
}
