// Reads the page aloud with the device's own voice, without a network; the button stays hidden where there is no voice.
const button = document.getElementById("speak");
const language = document.documentElement.lang.split("-")[0];
function offer() {
  const voice = speechSynthesis.getVoices().find((each) => each.lang.toLowerCase().split(/[-_]/)[0] === language);
  button.hidden = !voice;
  button.onclick = () => {
    if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
    for (const part of document.querySelectorAll("h1, .box p:not(.buttons), .box h2, .short p:not(.buttons), .short h2, .danger p")) {
      if (!part.offsetParent) continue;
      const speech = new SpeechSynthesisUtterance(part.innerText);
      speech.voice = voice;
      speech.lang = voice.lang;
      speechSynthesis.speak(speech);
    }
  };
}
if ("speechSynthesis" in window) { offer(); speechSynthesis.addEventListener("voiceschanged", offer); }
