#pragma once
// What the beats of a show's script brought in, for its report.

#include <vector>

#include "flows/show_report.hpp"
#include "store/tx.hpp"

namespace geili::flows {

// Of the report's shop and show, up to report.to. An order counts for the beat that was under way
// when it was placed.
std::vector<ReportBeat> report_beats(store::Tx& tx, const ShowReport& report);

}  // namespace geili::flows
