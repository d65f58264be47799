// A window onto a wide drawing: `from` and `span` in the drawing's own unit across, pixels downwards. Only what is in the
// window is drawn.
class Plane {
  constructor({ label, gutter, draw, click, tell }) {
    Object.assign(this, { gutter, drawContent: draw, click, tell, from: 0, span: 1, top: 0, extent: 1, height: 0 });
    this.canvas = h('canvas', { tabindex: 0, role: 'img', 'aria-label': label });
    this.tip = h('div.tip', { hidden: true });
    this.element = h('div.plane', {}, this.canvas, this.tip);
    this.tools = h('span.zoom', {},
      h('button', { type: 'button', title: 'Closer (+)', 'aria-label': 'Closer', onclick: () => this.zoom(0.5) }, '+'),
      h('button', { type: 'button', title: 'Farther (-)', 'aria-label': 'Farther', onclick: () => this.zoom(2) }, '−'),
      h('button', { type: 'button', title: 'All (0)', onclick: () => this.fit() }, 'all'));
    this.listen();
    new ResizeObserver(() => this.paint()).observe(this.element);
  }

  listen() {
    const { canvas } = this;
    let drag;
    canvas.addEventListener('wheel', (e) => {
      if (e.ctrlKey || e.metaKey) this.zoom(Math.exp(e.deltaY / 300), e.offsetX);
      else if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) this.pan((e.deltaX || e.deltaY) / this.inner());
      else if (!this.scroll(e.deltaY)) return;
      e.preventDefault();
    }, { passive: false });
    canvas.addEventListener('pointerdown', (e) => {
      drag = { x: e.offsetX, y: e.offsetY, moved: false };
      canvas.setPointerCapture(e.pointerId);
    });
    canvas.addEventListener('pointermove', (e) => {
      if (!drag) {
        this.hover(e.offsetX, e.offsetY);
        return;
      }
      const [dx, dy] = [e.offsetX - drag.x, e.offsetY - drag.y];
      if (!drag.moved && Math.hypot(dx, dy) < 4) return;
      drag = { x: e.offsetX, y: e.offsetY, moved: true };
      this.scroll(-dy);
      this.pan(-dx / this.inner());
    });
    canvas.addEventListener('pointerup', (e) => {
      if (drag && !drag.moved) this.click(e.offsetX, e.offsetY);
      drag = undefined;
    });
    canvas.addEventListener('pointercancel', () => { drag = undefined; });
    canvas.addEventListener('pointerleave', () => { this.tip.hidden = true; });
  }

  inner() {
    return Math.max(1, (this.width || this.element.clientWidth || 800) - this.gutter);
  }

  x(unit) {
    return this.gutter + (unit - this.from) / this.span * this.inner();
  }

  unit(x) {
    return this.from + (x - this.gutter) / this.inner() * this.span;
  }

  fit(from = 0, to = this.extent) {
    this.from = from;
    this.span = Math.max(to - from, this.extent / 1e7, 1e-9);
    this.paint();
  }

  zoom(factor, around = this.gutter + this.inner() / 2) {
    const centre = this.unit(Math.max(around, this.gutter));
    const span = Math.min(this.extent * 1.02, Math.max(this.extent / 1e7, this.span * factor));
    this.from = centre - (centre - this.from) * span / this.span;
    this.span = span;
    this.clamp();
  }

  pan(share) {
    this.from += share * this.span;
    this.clamp();
  }

  clamp() {
    this.from = Math.max(-0.01 * this.extent, Math.min(this.extent * 1.01 - this.span, this.from));
    if (this.span >= this.extent) this.from = 0;
    this.paint();
  }

  // Returns whether there was anywhere to go.
  scroll(by) {
    const most = Math.max(0, this.height - this.element.clientHeight);
    const top = Math.max(0, Math.min(most, this.top + by));
    const moved = top !== this.top;
    this.top = top;
    if (moved) this.paint();
    return moved;
  }

  reveal(unit, y, rowHeight) {
    const shown = this.element.clientHeight || 400;
    if (y < this.top + 24 || y + rowHeight > this.top + shown) {
      this.top = Math.max(0, Math.min(Math.max(0, this.height - shown), y - shown / 2));
    }
    if (unit < this.from || unit > this.from + this.span) this.from = Math.max(0, unit - this.span / 2);
    this.paint();
  }

  hover(x, y) {
    const lines = this.tell(x, y);
    this.tip.hidden = !lines;
    this.canvas.style.cursor = lines ? 'pointer' : 'default';
    if (!lines) return;
    this.tip.replaceChildren(...lines.filter(Boolean).map((line) => h('div', {}, say(line))));
    this.tip.style.left = `${Math.max(4, Math.min(x + 12, this.width - this.tip.offsetWidth - 8))}px`;
    this.tip.style.top = `${y + 18 + this.tip.offsetHeight > this.element.clientHeight ? y - this.tip.offsetHeight - 8 : y + 16}px`;
  }

  paint() {
    if (!this.element.isConnected) return;
    const ratio = window.devicePixelRatio || 1;
    this.width = this.element.clientWidth;
    const height = this.element.clientHeight;
    this.canvas.width = this.width * ratio;
    this.canvas.height = height * ratio;
    const context = this.canvas.getContext('2d');
    context.scale(ratio, ratio);
    context.direction = 'ltr';
    this.drawContent(context, this.width, height);
  }
}

const planeKeys = (plane) => ({
  '+': () => plane().zoom(0.5),
  '=': () => plane().zoom(0.5),
  '-': () => plane().zoom(2),
  0: () => plane().fit(),
  h: () => plane().pan(-0.15),
  l: () => plane().pan(0.15),
});

const FONT = '"Inter", "Segoe UI", system-ui, "Noto Sans", "Liberation Sans", sans-serif';

// Text that is cut where it does not fit; each text is made harmless and measured once.
const cutText = (() => {
  const known = new Map();
  return (context, text, width) => {
    if (width < 14) return '';
    const key = `${context.font}\n${text}\n${Math.floor(width / 4)}`;
    let cut = known.get(key);
    if (cut === undefined) {
      cut = visible(text.slice(0, 300));
      if (context.measureText(cut).width > width) {
        let [low, high] = [0, cut.length];
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if (context.measureText(`${cut.slice(0, middle)}…`).width <= width) low = middle;
          else high = middle - 1;
        }
        cut = low ? `${cut.slice(0, low)}…` : '';
      }
      if (known.size > 20_000) known.clear();
      known.set(key, cut);
    }
    return cut;
  };
})();

// The colours of the theme, read once a painting.
function palette() {
  const names = { ink: '--ink', soft: '--soft', faint: '--faint', line: '--line', strong: '--line-strong', bg: '--bg', panel: '--panel', sunk: '--sunk',
    accent: '--accent', certain: '--certain', select: '--select', good: '--good', mark: '--mark' };
  const style = getComputedStyle(document.documentElement);
  const colours = {};
  for (const [key, name] of Object.entries(names)) colours[key] = style.getPropertyValue(name).trim();
  colours.hues = Array.from({ length: hues }, (_, hue) => style.getPropertyValue(`--hue-${hue}`).trim());
  return colours;
}

// Lines at round numbers, and their labels on top.
function axisMarks(plane) {
  const raw = plane.span / Math.max(2, plane.inner() / 110);
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((k) => k * unit).find((candidate) => candidate >= raw) ?? raw;
  const marks = [];
  for (let at = Math.max(0, Math.ceil(plane.from / step)) * step; at <= plane.from + plane.span; at += step) {
    marks.push([at, Math.round(plane.x(at)) + 0.5]);
  }
  return marks;
}

// The lines of an axis, which everything else is drawn over.
function drawGrid(context, plane, height, colours) {
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const [, x] of axisMarks(plane)) {
    context.moveTo(x, 20);
    context.lineTo(x, height);
  }
  context.stroke();
}

function drawAxis(context, plane, colours, label) {
  context.font = `11px ${FONT}`;
  context.fillStyle = colours.faint;
  for (const [at, x] of axisMarks(plane)) context.fillText(label(at), x + 3, 14);
}

// Which trace a view shows: the one in the address, else that of the selected event, else the one with the most events.
function chosenTrace() {
  const wanted = Number(state.more.trace ?? -1);
  if (wanted >= 0 && wanted < log.traces) return wanted;
  if (state.e >= 0) return log.trace[log.task[state.e]];
  return largestTrace();
}

const largestTrace = (() => {
  let largest = -1;
  return () => {
    if (largest < 0) {
      const counts = new Int32Array(log.traces);
      for (let e = 0; e < log.size; e++) counts[log.trace[log.task[e]]]++;
      largest = counts.reduce((most, count, trace) => (count > counts[most] ? trace : most), 0);
    }
    return largest;
  };
})();

const traceTitle = (trace) => texts[log.traceName[trace]] || `trace ${trace}`;

function traceChooser(trace) {
  if (log.traces < 2) return '';
  const go1 = (to) => go({ e: -1, more: { ...state.more, trace: String(Math.max(0, Math.min(log.traces - 1, to))) } });
  return h('span.chooser', {}, 'Trace ',
    h('button', { type: 'button', 'aria-label': 'Trace before', onclick: () => go1(trace - 1) }, '‹'),
    h('input', { type: 'number', min: 0, max: log.traces - 1, value: trace, 'aria-label': 'Trace number', onchange: (e) => go1(Number(e.target.value) || 0) }),
    h('button', { type: 'button', 'aria-label': 'Next trace', onclick: () => go1(trace + 1) }, '›'),
    ` of ${number(log.traces)}: `, say(traceTitle(trace), 'subject'));
}
