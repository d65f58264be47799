// Operations below what called them or set them off, as TraceTree has them; each node is known by its first event.
const tree = (() => {
  const n = data.tree.size;
  const column = (name, Type) => numbers(data.tree[name], n, Type);
  const nodes = {
    size: n,
    event: column('event', Int32Array),
    depth: column('depth', Int32Array),
    nanos: column('nanos'),
    below: column('below'),
    path: column('path'),
    awaited: column('awaited', Uint8Array),
    failed: column('failed', Uint8Array),
    // Where the nodes of a node end.
    end: new Int32Array(n),
    ofEvent: new Map(),
  };
  const open = [];
  for (let i = 0; i <= n; i++) {
    const depth = i < n ? nodes.depth[i] : 0;
    while (open.length > depth) nodes.end[open.pop()] = i;
    if (i < n) {
      open.push(i);
      nodes.ofEvent.set(nodes.event[i], i);
    }
  }
  return nodes;
})();

// The node of what an event belongs to.
function nodeOf(event) {
  const op = ops.enclosing[event];
  return op < 0 ? -1 : tree.ofEvent.get(ops.begin[op]) ?? -1;
}

const closedNodes = new Set();

const treeView = {
  id: 'tree',
  title: 'Tree',
  filters: true,
  draw(main) {
    this.list = new VirtualList((i) => this.row(this.shown[i]), 'Operations below their causes');
    this.list.element.addEventListener('click', (e) => {
      const row = e.target.closest('.row');
      if (!row) return;
      const node = Number(row.dataset.node);
      if (e.target.closest('.twist')) this.toggle(node);
      else select(tree.event[node]);
    });
    if (tree.size === 0) {
      put(main, h('h1', {}, 'Tree'), h('p.empty', {}, 'No operations were recorded: a tree needs calls or spans.'));
      return;
    }
    put(main, h('h1', {}, 'Tree'),
      h('p.hint', {}, 'What called or set off what. The bar shows when; the dark part is its time on the critical path.',
        h('span.zoom', {}, h('button', { type: 'button', onclick: () => this.toggleAll(false) }, 'open all'), h('button', { type: 'button', onclick: () => this.toggleAll(true) }, 'close all'))),
      h('div.head.branches', { 'aria-hidden': 'true' }, ['operation', 'service', 'when', 'took', 'itself', 'on the path'].map((name) => h('span', {}, name))),
      this.list.element);
    this.refresh();
    this.list.reveal(this.shown.indexOf(nodeOf(state.e)));
  },
  refresh() {
    if (tree.size === 0) return;
    const { all, matches } = filterEvents();
    const wanted = new Uint8Array(tree.size);
    if (!all) {
      // A node is shown if any event of its operation passes, and so is what is above.
      const hit = new Set();
      for (let e = 0; e < log.size; e++) if (matches[e]) hit.add(nodeOf(e));
      const above = [];
      for (let i = 0; i < tree.size; i++) {
        above.length = tree.depth[i];
        above.push(i);
        if (hit.has(i)) for (let k = above.length - 1; k >= 0 && !wanted[above[k]]; k--) wanted[above[k]] = 1;
      }
    }
    this.shown = [];
    for (let i = 0; i < tree.size;) {
      if (all || wanted[i]) this.shown.push(i);
      i = closedNodes.has(i) && all ? tree.end[i] : i + 1;
    }
    this.list.show(this.shown.length, this.shown.indexOf(nodeOf(state.e)));
  },
  row(node) {
    const event = tree.event[node];
    const task = log.task[event];
    const [from, length] = traceSpan(log.trace[task]);
    const start = timed ? log.nanos[event] - from : 0;
    const bar = (left, width, className) => h(`i${className}`, { style: { left: `${left * 100}%`, width: `max(1.5px, ${width * 100}%)`, background: `var(--hue-${hueOf(log.service[task])})` } });
    const leaf = tree.end[node] === node + 1;
    return h('div.branches', { 'data-node': node, 'data-event': event, 'aria-level': tree.depth[node] + 1, 'aria-expanded': leaf ? undefined : String(!closedNodes.has(node)) },
      h('span', { role: 'gridcell', style: { paddingLeft: `${Math.min(tree.depth[node], 24) * 16}px` } },
        leaf ? h('b.twist.none') : h('b.twist', {}, closedNodes.has(node) ? '▸' : '▾'), say(textOf('subject', event)),
        tree.failed[node] ? h('em.failed', {}, ' failed') : '', tree.awaited[node] ? '' : h('small', {}, ' not waited for')),
      h('span', { role: 'gridcell' }, h('i.mark', { style: { background: `var(--hue-${hueOf(log.service[task])})` } }), say(texts[log.service[task]])),
      h('span.when', { role: 'gridcell' }, timed ? [bar(start / length, tree.nanos[node] / length, ''), tree.path[node] ? bar(start / length, tree.path[node] / length, '.critical') : ''] : ''),
      h('span.number', { role: 'gridcell', title: exactly(tree.nanos[node]) }, timed ? duration(tree.nanos[node]) : ''),
      h('span.number', { role: 'gridcell' }, timed ? duration(tree.nanos[node] - tree.below[node]) : ''),
      h('span.number', { role: 'gridcell' }, timed && tree.path[node] ? duration(tree.path[node]) : ''));
  },
  toggle(node, close = !closedNodes.has(node)) {
    if (close && tree.end[node] > node + 1) closedNodes.add(node);
    else closedNodes.delete(node);
    this.refresh();
  },
  toggleAll(close) {
    closedNodes.clear();
    for (let i = 0; close && i < tree.size; i++) if (tree.end[i] > i + 1) closedNodes.add(i);
    this.refresh();
  },
  move(by) {
    if (this.shown.length === 0) return;
    const at = this.shown.indexOf(nodeOf(state.e));
    const next = at < 0 ? 0 : Math.max(0, Math.min(this.shown.length - 1, at + by));
    select(tree.event[this.shown[next]]);
    this.list.reveal(next);
  },
  keys: {
    j: () => treeView.move(1),
    k: () => treeView.move(-1),
    h: () => treeView.toggle(nodeOf(state.e), true),
    l: () => treeView.toggle(nodeOf(state.e), false),
    Enter: () => treeView.toggle(nodeOf(state.e)),
  },
};
views.push(treeView);

// When the first event of a trace happened, and how long until its last, at least 1.
const traceSpan = (() => {
  let spans;
  return (trace) => {
    if (!spans) {
      spans = Array.from({ length: log.traces }, () => [Infinity, -Infinity]);
      for (let e = 0; e < log.size; e++) {
        const span = spans[log.trace[log.task[e]]];
        span[0] = Math.min(span[0], log.nanos[e]);
        span[1] = Math.max(span[1], log.nanos[e]);
      }
    }
    const [first, last] = spans[trace];
    return first === Infinity ? [0, 1] : [first, Math.max(1, last - first)];
  };
})();
