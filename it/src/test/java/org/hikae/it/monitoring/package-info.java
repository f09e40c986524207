/** What a monitoring system gets to see: figures, alerts, the dashboard and the log. */
@NullMarked
package org.hikae.it.monitoring;

import org.jspecify.annotations.NullMarked;
