/**
 * Downloads, retention previews and the state of scrubbing as records. Knows no entity, store or
 * bean.
 */
@NullMarked
package org.hikae.backup.view;

import org.jspecify.annotations.NullMarked;
