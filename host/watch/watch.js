/* Asks now.js, beside this page, what is the newest. No "less than" sign and no
 * ampersand stand here, so that the page stays well formed as XML. */
(function () {
  "use strict";
  var shown = Number(document.documentElement.getAttribute("data-stamp"));
  var bar = document.createElement("div");
  var style = "position:fixed;left:0;right:0;bottom:0;z-index:9;padding:8px 32px;color:#fff;" +
      "background:#9a1b1b;font-size:14px;white-space:pre-wrap;max-height:40vh;overflow:auto";

  bar.setAttribute("role", "status");
  document.body.appendChild(bar);

  function words(zh, en) {
    [["zh", "zh-CN", zh], ["en", "en", en]].forEach(function (word) {
      var span = document.createElement("span");
      span.className = word[0];
      span.lang = word[1];
      span.textContent = word[2];
      bar.appendChild(span);
    });
  }

  function say(zh, en, detail) {
    bar.textContent = "";
    bar.setAttribute("style", zh ? style : "display:none");
    if (!zh) { return; }
    words(zh, en);
    bar.appendChild(document.createTextNode(detail));
  }

  window.hansaNow = function (stamp, problem) {
    if (stamp !== shown) { location.reload(); return; }
    if (problem) {
      say("数据有问题，以下仍是上一份报告。", "The data have a problem; this is still the last report.",
          "\n" + problem);
    } else { say("", "", ""); }
  };

  setInterval(function () {
    var script = document.createElement("script");
    script.src = "now.js?" + Date.now();
    script.onload = function () { script.remove(); };
    script.onerror = function () {
      script.remove();
      say("hansa watch 已结束，本页不再更新。", "hansa watch has ended; this page stays as it is.", "");
    };
    document.head.appendChild(script);
  }, 300);
}());
