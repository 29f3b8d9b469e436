// On a long way through a campaign the open step comes into view, with what has to be decided in it.

const step = document.querySelector(".step--current");
if (step && !location.hash && step.getBoundingClientRect().bottom > innerHeight) step.scrollIntoView({ block: "start" });
