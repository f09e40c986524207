/**
 * What the agent remembers on this computer: one file with the secrets (mode 0600, replaced
 * atomically), locks against two runs at once, and reports that could not be sent yet. Whoever
 * reads the secrets file can open all of the employee's backups; that is why it is one file, and
 * why a file that others can read is refused.
 */
@NullMarked
package org.hikae.device.state;

import org.jspecify.annotations.NullMarked;
