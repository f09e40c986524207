/** Health, jobs, rotten objects and the schema as records. Knows no entity, store or bean. */
@NullMarked
package org.hikae.insight.system.view;

import org.jspecify.annotations.NullMarked;
