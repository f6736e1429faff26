document.addEventListener("keydown", function (event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  var cards = Array.prototype.slice.call(document.querySelectorAll(".card"));
  var at = cards.indexOf(document.activeElement && document.activeElement.closest(".card"));
  var wide = at < 0 ? 1 : cards.filter(function (card) { return card.offsetTop === cards[at].offsetTop; }).length;
  var steps = { ArrowRight: 1, l: 1, ArrowLeft: -1, h: -1, ArrowDown: wide, j: wide, ArrowUp: -wide, k: -wide, Home: -at, End: cards.length - 1 - at };
  var step = steps[event.key];
  if (step === undefined || !cards.length || (at < 0 && event.key === "Home")) return;
  var next = at < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, at + step));
  var button = cards[next].querySelector(".pic button");
  if (!button) return;
  event.preventDefault();
  button.focus({ preventScroll: true });
  cards[next].scrollIntoView({ block: "nearest" });
});
