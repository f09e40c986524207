/**
 * The web server of the window: loopback only, for one page of one person, with the rules that keep
 * other users of the computer, other pages of the browser and other names of this address out. It
 * knows no command. It opens nothing that is sealed.
 */
@NullMarked
package org.hikae.device.window;

import org.jspecify.annotations.NullMarked;
