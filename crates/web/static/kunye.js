// Künye: keys, guards and small comforts. Every page works without this file.
(() => {
  'use strict';
  const one = (css, root = document) => root.querySelector(css);
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const shown = el => el && el.getClientRects().length > 0;
  const types = el => el.isContentEditable
    || (/^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) && !/^(checkbox|radio|button|submit)$/.test(el.type));
  const lettersOn = document.documentElement.dataset.keys !== 'off';
  let leaving = false;

  // ── keys: / and Ctrl-K to the counter, letters to buttons, arrows in lists, Esc to leave
  const toCounter = () => {
    const field = all('[data-counter]').find(shown);
    if (field) { field.focus(); field.select(); }
    return Boolean(field);
  };
  const step = (event, forward) => {
    const from = event.target;
    const list = from.closest('[data-list]') || one(from.dataset.listFor || '[data-list]');
    if (!list || !(from.closest('[data-list]') || from.dataset.listFor)) return;
    const rows = all('a[data-row]', list).filter(shown);
    const at = rows.indexOf(from.closest('a[data-row]'));
    const next = rows[at + (forward ? 1 : -1)];
    if (next) next.focus();
    else if (!forward && at === 0) one(`[data-list-for="#${list.id}"]`)?.focus();
    else return;
    event.preventDefault();
  };
  const escape = event => {
    const menu = one('details.menu[open]');
    if (menu) { menu.open = false; one('summary', menu).focus(); return; }
    const hits = event.target.closest?.('.counter');
    if (hits) { const box = one('.hits', hits); if (box) box.replaceChildren(); one('[data-counter]', hits).blur(); return; }
    if (event.target.closest?.('[popover]')) return;
    const form = event.target.closest?.('form[data-back]') || one('form[data-back]');
    if (!form || (form.dataset.typed && !confirm(form.dataset.ask))) return;
    leaving = true;
    location.assign(form.dataset.back);
  };
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing) return;
    const { key, target } = event;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === 'k') {
      if (toCounter()) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'ArrowDown' || key === 'ArrowUp') return step(event, key === 'ArrowDown');
    if (key === 'Escape') return escape(event);
    if (types(target) || !lettersOn || key.length !== 1 || one('[popover]:popover-open')) return;
    if (key === '/') { if (toCounter()) event.preventDefault(); return; }
    const button = all('[data-key]').find(el => el.dataset.key === key.toLowerCase() && shown(el));
    if (!button) return;
    event.preventDefault();
    button.click();
    // A chosen field has the focus, so that Enter sends its form and Tab goes on from it.
    if (button.tagName === 'INPUT') button.focus();
  });

  // ── forms: sent once, typed data not lost by accident
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = '1';
    leaving = true;
    const buttons = all('button:not([type=button])', form);
    buttons.forEach(b => b.setAttribute('aria-disabled', 'true'));
    // A download leaves the page in place; the idempotency key keeps a later second sending harmless.
    setTimeout(() => {
      delete form.dataset.sent;
      leaving = false;
      buttons.forEach(b => b.removeAttribute('aria-disabled'));
    }, 4000);
  });
  document.addEventListener('input', event => {
    const form = event.target.closest('form[data-back]');
    if (form) form.dataset.typed = '1';
  });
  addEventListener('beforeunload', event => {
    if (!leaving && one('form[data-typed]')) event.preventDefault();
  });
  addEventListener('pageshow', () => {
    leaving = false;
    all('form[data-sent]').forEach(form => { delete form.dataset.sent; });
    all('button[aria-disabled]').forEach(b => b.removeAttribute('aria-disabled'));
  });

  // ── menus close when something else is pressed
  document.addEventListener('click', event => {
    all('details.menu[open]').forEach(menu => { if (!menu.contains(event.target)) menu.open = false; });
    const tool = event.target.closest('button[data-date-for], button[data-show]');
    if (!tool) return;
    if (tool.dataset.show) {
      const field = document.getElementById(tool.dataset.show);
      const hidden = field.type === 'password';
      field.type = hidden ? 'text' : 'password';
      tool.setAttribute('aria-pressed', String(hidden));
      return;
    }
    const field = document.getElementById(tool.dataset.dateFor);
    let picker = one('input[type=date]', tool.parentElement);
    if (!picker) {
      picker = document.createElement('input');
      Object.assign(picker, { type: 'date', className: 'vh', tabIndex: -1, ariaHidden: 'true' });
      picker.addEventListener('change', () => {
        if (picker.value) field.value = picker.value.split('-').reverse().join('.');
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.focus();
      });
      tool.after(picker);
    }
    const typed = /^(\d\d?)\.(\d\d?)\.(\d{4})$/.exec(field.value.trim());
    picker.value = typed ? `${typed[3]}-${typed[2].padStart(2, '0')}-${typed[1].padStart(2, '0')}` : '';
    picker.showPicker?.();
  });

  // ── rows: Shift selects a range, the bar counts
  let lastPick = null;
  const countPicks = form => {
    const bar = one('[data-bulk]', form);
    if (!bar) return;
    const chosen = all('td.pick input:checked', form).length;
    bar.hidden = chosen === 0;
    const said = one('output', bar);
    if (said) said.textContent = (said.dataset.text || '{n}').replace('{n}', String(chosen));
  };
  document.addEventListener('click', event => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.closest('.pick')) return;
    const form = box.form || box.closest('table');
    const boxes = all('td.pick input', form);
    if (box.closest('th')) boxes.forEach(b => { b.checked = box.checked; });
    else {
      if (event.shiftKey && lastPick && boxes.includes(lastPick)) {
        const [a, b] = [boxes.indexOf(lastPick), boxes.indexOf(box)].sort((x, y) => x - y);
        boxes.slice(a, b + 1).forEach(other => { other.checked = box.checked; });
      }
      lastPick = box;
    }
    countPicks(form);
  });

  // ── what begins with the page, and with every piece that arrives later
  const begin = root => {
    all('[data-needs-script]', root).forEach(el => { el.hidden = false; });
    all('form:has([data-bulk])', root).forEach(countPicks);
    one('.errors:not([data-quiet] *)', root)?.focus();
  };
  const begun = () => {
    begin(document);
    // What comes next has the focus without the page leaving its head.
    if (document.activeElement === document.body) one('[data-focus]')?.focus({ preventScroll: true });
    const tabs = all('.tabs a[href^="#"]');
    const parts = tabs.map(tab => document.getElementById(tab.hash.slice(1)));
    if (!tabs.length || !('IntersectionObserver' in window)) return;
    // A section that was asked for by its tab stays lit until somebody scrolls on.
    let asked = null;
    const light = at => tabs.forEach((tab, i) => (i === at ? tab.setAttribute('aria-current', 'true') : tab.removeAttribute('aria-current')));
    tabs.forEach((tab, i) => tab.addEventListener('click', () => { asked = i; light(i); }));
    ['wheel', 'touchmove', 'keydown'].forEach(name => addEventListener(name, () => { asked = null; }, { passive: true }));
    const mark = () => {
      if (asked !== null) return;
      const line = innerHeight / 3;
      const tops = parts.map(part => (part ? part.getBoundingClientRect().top : Infinity));
      let at = 0;
      tops.forEach((top, i) => { if (top < line && top > tops[at] + 8) at = i; });
      light(at);
    };
    addEventListener('scroll', () => requestAnimationFrame(mark), { passive: true });
  };
  document.addEventListener('htmx:load', event => begin(event.detail.elt));
  ['htmx:sendError', 'htmx:responseError'].forEach(name => document.addEventListener(name, () => {
    const said = one('#bildirimler');
    const text = one('#kopuk');
    if (said && text) said.replaceChildren(text.content.cloneNode(true));
  }));
  // ── slips are printed by a button
  document.addEventListener('click', event => { if (event.target.closest('[data-print]')) print(); });
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begun);
  else begun();
})();
