/** What lists, details and overviews show, as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.insight.view;

import org.jspecify.annotations.NullMarked;
