// When what ran: a row for each task of a trace, its operations as bars in it, with the critical path drawn on them.
const BAR = 20;
const AXIS = 24;

const timelineView = {
  id: 'timeline',
  title: 'Timeline',
  filters: true,
  draw(main) {
    this.trace = chosenTrace();
    this.plane = new Plane({
      label: `Timeline of trace ${this.trace}: a row for each task`,
      gutter: main.clientWidth < 620 ? 92 : 210,
      draw: (context, width, height) => this.paint(context, width, height),
      click: (x, y) => {
        const hit = this.at(x, y);
        select(hit ? hit.event : -1);
      },
      tell: (x, y) => this.tell(x, y),
    });
    put(main, h('h1', {}, 'Timeline'),
      h('p.hint', {}, traceChooser(this.trace), h('span.legend', {}, h('i.critical'), 'critical path'), h('span.legend', {}, h('i.tick'), 'event'), this.plane.tools),
      this.plane.element);
    this.layOut();
    this.fitBars();
    this.reveal();
  },
  refresh() {
    if (chosenTrace() !== this.trace && (state.e >= 0 || state.more.trace)) {
      byId('view').replaceChildren();
      this.draw(byId('view'));
      return;
    }
    this.plane.paint();
  },
  repaint() {
    this.plane.paint();
  },
  layOut() {
    const [first, length] = timed ? traceSpan(this.trace) : [0, log.size];
    this.first = first;
    this.rows = [];
    const tasks = tasksOf(this.trace);
    let y = AXIS;
    for (const task of tasks) {
      const bars = [];
      let lanesUsed = 1;
      for (const op of opsOf(task)) {
        const lane = laneOf(op);
        lanesUsed = Math.max(lanesUsed, lane + 1);
        const begin = ops.begin[op];
        const end = ops.end[op] >= 0 ? ops.end[op] : byTask[firstOf[task + 1] - 1];
        bars.push({ event: begin, lane, from: this.when(begin), to: Math.max(this.when(end), this.when(begin)), op });
      }
      const height = lanesUsed * BAR + 7;
      this.rows.push({ task, y, height, bars });
      y += height;
    }
    this.sections = new Map();
    for (const section of pathsOfTrace(this.trace).flatMap((path) => path.sections)) {
      if (!this.sections.has(section.taskNumber)) this.sections.set(section.taskNumber, []);
      this.sections.get(section.taskNumber).push(section);
    }
    this.plane.extent = length;
    this.plane.height = y + 8;
    this.plane.element.style.height = `${Math.max(160, Math.min(y + 8, innerHeight - 230))}px`;
  },
  // At first what ran is shown, without the wait before it; of a task without an operation, its events.
  fitBars() {
    let from = Infinity;
    let to = 0;
    for (const row of this.rows) {
      const all = { from: this.when(byTask[firstOf[row.task]]), to: this.when(byTask[firstOf[row.task + 1] - 1]) };
      for (const bar of row.bars.length ? row.bars : [all]) {
        from = Math.min(from, bar.from);
        to = Math.max(to, bar.to);
      }
    }
    if (to > from) this.plane.fit(Math.max(0, from - (to - from) * 0.02), to + (to - from) * 0.02);
    else this.plane.fit();
  },
  when(event) {
    return timed ? log.nanos[event] - this.first : event;
  },
  firstRow(y) {
    let [low, high] = [0, this.rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle].y + this.rows[middle].height < y) low = middle + 1;
      else high = middle;
    }
    return low;
  },
  paint(context, width, height) {
    const { plane } = this;
    const colours = palette();
    const { matches, all } = filterEvents();
    context.clearRect(0, 0, width, height);
    drawGrid(context, plane, height, colours);
    context.save();
    context.beginPath();
    context.rect(0, AXIS, width, height);
    context.clip();
    for (let r = this.firstRow(plane.top + AXIS); r < this.rows.length && this.rows[r].y - plane.top < height; r++) {
      this.paintRow(context, this.rows[r], colours, matches, all, width);
    }
    context.restore();
    context.fillStyle = colours.bg;
    context.fillRect(0, 0, width, AXIS - 4);
    drawAxis(context, plane, colours, (at) => (timed ? duration(at) : `#${number(at)}`));
  },
  paintRow(context, row, colours, matches, all, width) {
    const { plane } = this;
    const y = row.y - plane.top;
    const selected = state.e >= 0 && log.task[state.e] === row.task;
    if (selected) {
      context.fillStyle = colours.select;
      context.fillRect(0, y, width, row.height);
    }
    context.save();
    context.beginPath();
    context.rect(plane.gutter, y, width - plane.gutter, row.height);
    context.clip();
    context.font = `11.5px ${FONT}`;
    for (const bar of row.bars) {
      const from = plane.x(bar.from);
      const to = Math.max(plane.x(bar.to), from + 1.5);
      if (to < plane.gutter || from > width) continue;
      const left = Math.max(from, plane.gutter - 4);
      const right = Math.min(to, width + 4);
      context.globalAlpha = all || matches[bar.event] ? 1 : 0.22;
      const colour = colours.hues[log.failed[row.task] ? 5 : hueOf(log.service[row.task])];
      context.fillStyle = colour;
      context.globalAlpha *= 0.28;
      context.fillRect(left, y + 3 + bar.lane * BAR, right - left, BAR - 3);
      context.globalAlpha = all || matches[bar.event] ? 1 : 0.22;
      context.fillStyle = colours.ink;
      context.fillText(cutText(context, opName(bar.op), right - left - 8), left + 4, y + BAR - 4 + bar.lane * BAR);
    }
    context.globalAlpha = 1;
    context.fillStyle = colours.certain;
    for (const section of this.sections.get(row.task) ?? []) {
      const from = plane.x(section.startNanos - (timed ? this.first : 0));
      const to = plane.x(section.endNanos - (timed ? this.first : 0));
      if (to < plane.gutter || from > width) continue;
      context.fillRect(from, y + row.height - 4, Math.max(1, to - from), section.reason === 'WAITING' ? 1 : 3);
    }
    this.paintTicks(context, row, y, colours, matches, width);
    context.restore();
    context.font = `12px ${FONT}`;
    context.fillStyle = selected ? colours.ink : colours.soft;
    context.fillText(cutText(context, taskLabels[row.task], plane.gutter - 12), 4, y + BAR - 3);
  },
  paintTicks(context, row, y, colours, matches, width) {
    const { plane } = this;
    let lastX = -9;
    for (let i = firstOf[row.task]; i < firstOf[row.task + 1]; i++) {
      const event = byTask[i];
      const x = plane.x(this.when(event));
      if (event === state.e) {
        context.fillStyle = colours.accent;
        context.fillRect(x - 1.5, y + 1, 3, row.height - 2);
        continue;
      }
      if (x < plane.gutter || x > width || !matches[event] || log.kind[event] === KIND.BEGIN || log.kind[event] === KIND.END || x - lastX < 1) continue;
      lastX = x;
      context.fillStyle = raced.has(event) ? colours.certain : colours.soft;
      context.fillRect(x - 0.75, y + row.height - 12, 1.5, 8);
    }
  },
  at(x, y) {
    const row = this.rows[this.firstRow(y + this.plane.top)];
    if (!row || y < AXIS) return undefined;
    if (x < this.plane.gutter) return { row, event: byTask[firstOf[row.task]] };
    let nearest;
    for (let i = firstOf[row.task]; i < firstOf[row.task + 1]; i++) {
      const distance = Math.abs(this.plane.x(this.when(byTask[i])) - x);
      if (distance < 5 && (!nearest || distance < nearest.distance)) nearest = { row, event: byTask[i], distance };
    }
    const unit = this.plane.unit(x);
    const lane = Math.floor((y + this.plane.top - row.y) / BAR);
    const bar = row.bars.filter((one) => one.from <= unit && unit <= one.to && one.lane <= lane).pop();
    return nearest ?? (bar && { row, event: bar.event, bar });
  },
  tell(x, y) {
    const hit = this.at(x, y);
    if (!hit) return undefined;
    const { event, bar } = hit;
    const value = valueOf(event);
    return [`#${event} ${verbOf(event)} ${textOf('subject', event)}${value === undefined ? '' : ` ${value}`}`,
      `${taskLabels[hit.row.task]} · ${texts[log.service[hit.row.task]]}`,
      timed && (bar ? `${momentOf(event)}, took ${duration(bar.to - bar.from)}` : momentOf(event))];
  },
  reveal() {
    if (state.e < 0) return;
    const row = this.rows.find((one) => one.task === log.task[state.e]);
    if (row) this.plane.reveal(this.when(state.e), row.y, row.height);
  },
  move(by) {
    const inTrace = (event) => log.trace[log.task[event]] === this.trace;
    const { events } = filterEvents();
    let at = state.e < 0 ? (by > 0 ? -1 : events.length) : indexOf(events, state.e);
    do at += by; while (at >= 0 && at < events.length && !inTrace(events[at]));
    if (at < 0 || at >= events.length) return;
    select(events[at]);
    this.reveal();
  },
  keys: {
    ...planeKeys(() => timelineView.plane),
    j: () => timelineView.move(1),
    k: () => timelineView.move(-1),
  },
};
views.push(timelineView);

// The tasks of a trace, each after what set it off, and the operations of each.
const tasksOf = (() => {
  let lists;
  return (trace) => {
    if (!lists) {
      lists = Array.from({ length: log.traces }, () => []);
      const seen = new Uint8Array(log.tasks);
      const add = (task) => {
        if (!seen[task]) lists[log.trace[task]].push(task);
        seen[task] = 1;
      };
      for (let i = 0; i < tree.size; i++) add(log.task[tree.event[i]]);
      for (let e = 0; e < log.size; e++) add(log.task[e]);
    }
    return lists[trace] ?? [];
  };
})();

const opsOf = (() => {
  let lists;
  return (task) => {
    if (!lists) {
      lists = Array.from({ length: log.tasks }, () => []);
      for (let op = 0; op < ops.size; op++) lists[log.task[ops.begin[op]]].push(op);
    }
    return lists[task];
  };
})();

// How many operations of its own task an operation is in.
const laneOf = (() => {
  const known = new Map();
  return (op) => {
    let lane = known.get(op);
    if (lane === undefined) {
      lane = 0;
      for (let at = ops.parent[op]; at >= 0 && log.task[ops.begin[at]] === log.task[ops.begin[op]]; at = ops.parent[at]) lane++;
      known.set(op, lane);
    }
    return lane;
  };
})();
