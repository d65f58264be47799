// A list of which only the rows that can be seen exist.
const ROW = 28;

class VirtualList {
  constructor(draw, label) {
    this.draw = draw;
    this.count = 0;
    this.spacer = h('div.spacer');
    this.window = h('div.rows');
    this.element = h('div.virtual', { tabindex: 0, role: 'grid', 'aria-label': label, onscroll: () => this.paint() },
      this.spacer, this.window);
    new ResizeObserver(() => this.paint()).observe(this.element);
  }

  show(count, selected = -1) {
    this.count = count;
    this.selected = selected;
    this.spacer.style.height = `${count * ROW}px`;
    this.element.setAttribute('aria-rowcount', count);
    this.painted = '';
    this.paint();
  }

  reveal(index) {
    if (index < 0) return;
    const top = index * ROW;
    const height = this.element.clientHeight || 400;
    if (top < this.element.scrollTop || top + ROW > this.element.scrollTop + height) {
      this.element.scrollTop = Math.max(0, top - height / 2);
    }
    this.paint();
  }

  paint() {
    const height = this.element.clientHeight || 600;
    const first = Math.max(0, Math.floor(this.element.scrollTop / ROW) - 8);
    const last = Math.min(this.count, Math.ceil((this.element.scrollTop + height) / ROW) + 8);
    const now = `${first} ${last} ${this.selected}`;
    if (now === this.painted) return;
    this.painted = now;
    this.window.style.transform = `translateY(${first * ROW}px)`;
    const drawn = [];
    for (let i = first; i < last; i++) {
      const row = this.draw(i);
      row.classList.add('row');
      row.setAttribute('role', 'row');
      row.setAttribute('aria-rowindex', i + 1);
      if (i === this.selected) {
        row.classList.add('selected');
        row.setAttribute('aria-selected', 'true');
      }
      drawn.push(row);
    }
    this.window.replaceChildren(...drawn);
  }
}
