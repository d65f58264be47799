// The flame graph of all response paths: a frame is as wide as the time on the paths that it and what it called spent.
function flameSection() {
  const { frames, elapsedNanos, paths } = report.profile;
  if (frames.length === 0) return '';
  const own = frames.reduce((sum, frame) => sum + frame.selfNanos, 0);
  const holder = h('div.flame', { role: 'tree', 'aria-label': 'Flame graph' });
  const told = h('p.told', { 'aria-live': 'polite' });
  drawFlame(holder, told, Math.min(frames.length - 1, Math.max(-1, Number(state.more.frame ?? -1))));
  return h('section', {}, h('h2', {}, 'Flame graph', h('small', {}, ` of ${plural(paths, 'path')}; click a frame to widen it`)), holder, told,
    h('p.sum', { 'data-sum': own, 'data-elapsed': elapsedNanos },
      `The frames' own times sum to ${exactly(own)}: `, own === elapsedNanos ? 'the elapsed time of all paths, to the nanosecond.' : `${exactly(elapsedNanos)} elapsed.`));
}

function drawFlame(holder, told, root) {
  const { frames, elapsedNanos } = report.profile;
  const children = frames.map(() => []);
  const roots = [];
  frames.forEach((frame, i) => (frame.parent < 0 ? roots : children[frame.parent]).push(i));
  const total = Math.max(1, root < 0 ? elapsedNanos : frames[root].totalNanos);
  const placed = [];
  let depthUsed = 0;
  let left = 0;
  const above = [];
  for (let at = root; at >= 0; at = frames[at].parent) above.unshift(at);
  above.forEach((frame, depth) => placed.push({ frame, depth, left: 0, width: 1 }));
  const place = root < 0 ? roots : [];
  const open = [];
  const push = (list, depth, start) => {
    let x = start;
    for (const frame of list) {
      const width = frames[frame].totalNanos / total;
      if (width > 0.0008) open.push({ frame, depth, left: x, width });
      x += width;
    }
  };
  if (root < 0) push(place, 0, left);
  else push(children[root], above.length, 0);
  while (open.length) {
    const one = open.pop();
    placed.push(one);
    push(children[one.frame], one.depth + 1, one.left);
  }
  for (const one of placed) depthUsed = Math.max(depthUsed, one.depth + 1);
  holder.style.height = `${depthUsed * 22}px`;
  holder.replaceChildren(...placed.map(({ frame, depth, left: x, width }) => {
    const { service, operation, calls, totalNanos, selfNanos } = frames[frame];
    const text = `${service}: ${operation}, ${duration(totalNanos)} (${percent(totalNanos / Math.max(1, elapsedNanos))}), itself ${duration(selfNanos)}, ${plural(calls, 'run')}`;
    return h('button.frame', {
      type: 'button', title: text, role: 'treeitem', 'data-frame': frame, style: { left: `${x * 100}%`, width: `${width * 100}%`, top: `${depth * 22}px`, background: `color-mix(in srgb, var(--hue-${hueOfName(service)}) 34%, var(--panel))` },
      onclick: () => {
        drawFlame(holder, told, frame === root ? frames[frame].parent : frame);
        told.replaceChildren(say(text));
      },
      onfocus: () => told.replaceChildren(say(text)),
      onmouseenter: () => told.replaceChildren(say(text)),
    }, say(operation));
  }));
}

const hueOfName = (() => {
  const serviceNumbers = new Map();
  return (name) => {
    if (serviceNumbers.size === 0) for (let t = 0; t < log.tasks; t++) serviceNumbers.set(texts[log.service[t]], log.service[t]);
    return hueOf(serviceNumbers.get(name) ?? name);
  };
})();
