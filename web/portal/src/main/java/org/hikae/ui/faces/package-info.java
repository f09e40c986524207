/**
 * What all pages share: components, language and colours, messages, selection of rows, downloads,
 * scripts. Knows no entity, store or REST resource.
 */
@NullMarked
package org.hikae.ui.faces;

import org.jspecify.annotations.NullMarked;
