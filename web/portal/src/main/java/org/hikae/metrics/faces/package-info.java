/** What is counted of each page that is asked for. */
@NullMarked
package org.hikae.metrics.faces;

import org.jspecify.annotations.NullMarked;
