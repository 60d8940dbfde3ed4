// A figure is drawn in pixels of the screen. On paper it must fit its card, whatever the
// screen was: with a viewBox its drawing shrinks with its box (base.css, print). A figure
// drawn in the colours of the dark is turned over there: paper is white.
addEventListener('beforeprint', () => {
  const app = document.querySelector('.stApp');
  document.documentElement.toggleAttribute('data-dark', app && getComputedStyle(app).colorScheme === 'dark');
  document.querySelectorAll('.js-plotly-plot .main-svg').forEach((drawing) => {
    const [width, height] = ['width', 'height'].map((name) => drawing.getAttribute(name));
    if (width && height) drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
  });
});
addEventListener('afterprint', () => {
  document.querySelectorAll('.js-plotly-plot .main-svg').forEach((drawing) => drawing.removeAttribute('viewBox'));
});
