"use strict";
(() => {
  const form = document.getElementById("search");
  const field = (id) => document.getElementById(id);
  const articles = [...document.querySelectorAll("article")];
  const letters = (text) =>
    text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}\s]/gu, "").split(/\s+/).filter(Boolean);
  const holds = (list, value) => !value || list === "*" || list.split(" ").includes(value);
  const show = () => {
    const words = letters(field("text").value);
    let count = 0;
    for (const each of articles) {
      const data = each.dataset;
      const fits =
        holds(data.area, field("municipality").value) &&
        holds(data.goals, field("goal").value) &&
        holds(data.languages, field("language").value) &&
        words.every((word) => data.text.includes(word));
      each.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const section of document.querySelectorAll("section")) {
      section.hidden = !section.querySelector("article:not([hidden])");
    }
    field("found").textContent = form.dataset.found.replace("{count}", count).replace("{all}", articles.length);
  };
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
})();
