/* global document, matchMedia, setInterval, window */
/* Runs in the browser: draws the Mermaid blocks in the reader's colours, as GitHub does, and keeps the times true. */
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const blocks = [...document.querySelectorAll('pre.mermaid-source')].map((pre) => {
    const figure = document.createElement('div');
    figure.className = 'mermaid-figure';
    pre.before(figure);
    return { pre, figure, source: pre.textContent ?? '' };
  });

  async function draw() {
    if (blocks.length > 0 && window.mermaid === undefined) return;
    for (const [index, { pre, figure, source }] of blocks.entries()) {
      window.mermaid.initialize({
        startOnLoad: false,
        securityLevel: 'strict',
        theme: dark.matches ? 'dark' : 'default',
      });
      try {
        const { svg } = await window.mermaid.render(`mermaid-${index}`, source);
        figure.innerHTML = svg;
        figure.classList.remove('failed');
        pre.hidden = true;
      } catch (error) {
        // GitHub says that it cannot render, and shows the source below.
        document.getElementById(`dmermaid-${index}`)?.remove();
        figure.classList.add('failed');
        figure.textContent = `Unable to render rich display\n\n${error instanceof Error ? error.message : error}`;
        pre.hidden = false;
      }
    }
    document.documentElement.dataset.drawn = dark.matches ? 'dark' : 'light';
  }

  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  function keepTime() {
    const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
    for (const element of document.querySelectorAll('.discussion time[datetime]')) {
      const at = new Date(element.getAttribute('datetime'));
      const seconds = (Date.now() - at.getTime()) / 1000;
      // A page made with a clock of its own keeps what it says.
      if (!(seconds >= 45)) continue;
      const [unit, size] = units.find(([, size]) => seconds >= size) ?? ['minute', 60];
      element.textContent =
        seconds < 30 * 86_400
          ? words.format(-Math.max(1, Math.round(seconds / size)), unit)
          : `on ${at.toLocaleDateString('en-US', { month: 'short', day: 'numeric', year: 'numeric' })}`;
    }
  }

  keepTime();
  setInterval(keepTime, 60_000);
  dark.addEventListener('change', () => void draw());
  void draw();
})();
