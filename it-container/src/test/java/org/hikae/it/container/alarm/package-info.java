/** Alarms about files that malware may have changed, inside WildFly. */
@NullMarked
package org.hikae.it.container.alarm;

import org.jspecify.annotations.NullMarked;
