/* The page works without this: it names the language chosen, opens what a
 * link leads to, and opens everything for the printer. No "less than" sign and
 * no ampersand stand here, so that the page stays well formed as XML. */
(function () {
  "use strict";
  var root = document.documentElement;
  var picks = Array.prototype.slice.call(document.querySelectorAll("input.pick"));

  function named(id) {
    root.lang = id === "zh" ? "zh-CN" : "en";
    document.title = root.getAttribute("data-title-" + id);
  }
  picks.forEach(function (pick) {
    var id = pick.id.slice(4);
    if (location.search === "?lang=" + id) { pick.checked = true; }
    if (pick.checked) { named(id); }
    pick.addEventListener("change", function () { named(id); });
  });

  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var node = target;
    if (!target) { return; }
    for (; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  if (location.hash) { reveal(); }

  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    closed.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (details) { details.open = false; });
  });
}());
