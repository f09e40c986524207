/**
 * The signed-in agent and its key: how a command gets at portal, vault and K, and asks the person
 * for what is missing. It knows no command.
 */
@NullMarked
package org.hikae.device.cli.access;

import org.jspecify.annotations.NullMarked;
