"use strict";
// Leaflet asks once, by markup, whether the browser draws SVG; no other markup may be made from a string.
if (window.trustedTypes) trustedTypes.createPolicy("default", { createHTML: (html) => (html === "<svg/>" ? html : null) });
