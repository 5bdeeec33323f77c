#pragma once
#include <functional>
#include <string>

#include "app/jobs/job_queue.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// What the desks of the session work with. A desk acts on one family of commands and keeps its part of the view model;
/// main thread only, long work goes to the queue. What belongs to another desk it asks for in commands.
struct DeskTools {
  ViewModel& view;
  JobQueue& jobs;
  std::function<void(bool failed, std::string text)> notify;
  std::function<void(const Command&)> say;
};

}  // namespace hashimichi::app
