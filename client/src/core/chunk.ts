// The modules that most of the client imports. Every entry takes this one, so that esbuild keeps them
// in one chunk: a page then fetches one file, where it would fetch a dozen tiny ones.

import "./capabilities";
import "./client.css";
import "./dom";
import "./download";
import "./errors";
import "./i18n";
import "./page";

