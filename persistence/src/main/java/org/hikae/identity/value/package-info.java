/** Which employee, states of accounts, and how and why the directory was read. Knows no entity. */
@NullMarked
package org.hikae.identity.value;

import org.jspecify.annotations.NullMarked;
