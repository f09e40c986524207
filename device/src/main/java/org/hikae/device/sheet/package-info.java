/**
 * The recovery sheet: one page to print with the 64-digit key, made on the device and sent nowhere.
 * Only this package of the agent knows the libraries that draw; no other command loads them.
 */
@NullMarked
package org.hikae.device.sheet;

import org.jspecify.annotations.NullMarked;
