// What most parts of the client lean on. Every entry takes it whole, so that the bundler keeps it
// in one file: a page then asks for one, where it would ask for a dozen tiny ones.

import "./capabilities";
import "./client.css";
import "./dom";
import "./download";
import "./failure";
import "./i18n";
import "./manifest";
import "./page";
import "./signal";
import "./style";
