// A figure is drawn in pixels of the screen. On paper it must fit its card, whatever the
// screen was: with a viewBox its drawing shrinks with its box (base.css, print).
addEventListener('beforeprint', () => {
  document.querySelectorAll('.js-plotly-plot .main-svg').forEach((drawing) => {
    const [width, height] = ['width', 'height'].map((name) => drawing.getAttribute(name));
    if (width && height) drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
  });
});
addEventListener('afterprint', () => {
  document.querySelectorAll('.js-plotly-plot .main-svg').forEach((drawing) => drawing.removeAttribute('viewBox'));
});
