#pragma once
#include "app/session/point_desk.h"

namespace hashimichi::app {

template <typename Value>
void PointDesk::job(std::string title, std::function<Result<Value>(const model::CityModel&, Progress&)> work,
                    std::function<void(Value)> take) {
  jobs_.start(std::move(title),
              [this, project = view_.project, work = std::move(work),
               take = std::move(take)](Progress& progress) -> JobQueue::Finish {
                auto result = std::make_shared<Result<Value>>(work(*project->model, progress));
                return [this, project, take, result] {
                  if (!view_.project || view_.project->folder != project->folder) return;
                  if (*result)
                    take(std::move(**result));
                  else if (result->error().code != ErrorCode::cancelled)
                    notify_(true, result->error().text());
                };
              });
}

}  // namespace hashimichi::app
