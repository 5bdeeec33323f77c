#pragma once
#include "app/session/command.h"
#include "app/session/text_values.h"

// The words of every command and of what it holds, for command_text.cpp alone: a new command or field is one line here,
// and a command without words does not compile.
namespace hashimichi::app::text {

/// What stands behind "do".
template <typename Command>
struct Word;

#define HASHIMICHI_ENUM(TYPE, ...)                                           \
  template <>                                                                \
  struct EnumWords<TYPE> {                                                   \
    static constexpr auto words = std::to_array<const char*>({__VA_ARGS__}); \
  };
#define HASHIMICHI_FIELDS(TYPE, ...)                                   \
  template <>                                                          \
  struct Fields<TYPE> {                                                \
    template <typename Io, typename C>                                 \
    static void each([[maybe_unused]] Io& io, [[maybe_unused]] C& c) { \
      __VA_ARGS__;                                                     \
    }                                                                  \
  };
#define HASHIMICHI_COMMAND(TYPE, WORD, ...)   \
  template <>                                 \
  struct Word<TYPE> {                         \
    static constexpr const char* word = WORD; \
  };                                          \
  HASHIMICHI_FIELDS(TYPE, __VA_ARGS__)

// clang-format off
HASHIMICHI_ENUM(Language, "ja", "en")
HASHIMICHI_ENUM(ThemeId, "dark", "light", "high_contrast")
HASHIMICHI_ENUM(MousePreset, "qgis", "paraview", "plateau")
HASHIMICHI_ENUM(app::Viewpoint, "home", "selection", "north_up", "top", "pose")
HASHIMICHI_ENUM(WindowId, "import_report", "about", "keys", "import_preview", "points", "measure", "section",
                "road_sections", "compare", "notebook", "history", "problems", "settings", "palette", "look", "place",
                "film", "guide", "what_if")
HASHIMICHI_ENUM(PathPurpose, "open_project", "import_files", "export_pdf", "export_geopackage", "export_geojson",
                "export_csv", "picture", "measurements_csv", "section_file", "road_sections_csv", "project_zip",
                "unpack_zip", "film", "script")
HASHIMICHI_ENUM(PointTool, "none", "pick", "distance", "height", "area", "section", "note")
HASHIMICHI_ENUM(CompareKind, "m3c2", "nearest", "model", "settlement", "snow", "volume")
HASHIMICHI_ENUM(CompareView, "none", "side_by_side", "swipe")
HASHIMICHI_ENUM(FilmTown::Path, "turntable", "viewpoints", "still")
HASHIMICHI_ENUM(assess::Subject, "snow", "ageing")
HASHIMICHI_ENUM(exporting::Format, "pdf", "gpkg", "geojson", "csv")
HASHIMICHI_ENUM(model::AssetKind, "road", "bridge", "building", "station", "dump_site", "object")
HASHIMICHI_ENUM(render::Layer, "terrain", "imagery", "textures", "buildings", "roads", "bridges", "points", "sensors",
                "labels")
HASHIMICHI_ENUM(render::PointColour, "rgb", "classification", "intensity", "height", "return_number",
                "height_above_ground", "survey_age", "distance")
HASHIMICHI_ENUM(render::PointSize, "fixed", "by_distance", "adaptive")
HASHIMICHI_ENUM(render::GroundLook, "imagery", "heights", "shaded")

HASHIMICHI_FIELDS(Bounds, io("low", c.low); io("high", c.high))
HASHIMICHI_FIELDS(model::AssetRef, io("kind", c.kind); io("id", c.id))
HASHIMICHI_FIELDS(render::CameraPose, io("target", c.target); io("distance_m", c.distance_m);
                  io("azimuth_deg", c.azimuth_deg); io("elevation_deg", c.elevation_deg);
                  io("orthographic", c.orthographic); io("view_angle_deg", c.view_angle_deg))
HASHIMICHI_FIELDS(render::PointHit, io("point", c.point); io("cloud", c.cloud); io("node", c.node);
                  io("source", c.source); io("index", c.index); io("exact", c.exact); io("distance_m", c.distance_m))
HASHIMICHI_FIELDS(render::ClipBox, io("centre", c.centre); io("half_size", c.half_size); io("turn_rad", c.turn_rad))
HASHIMICHI_FIELDS(render::PointStyle, io("colour", c.colour); io("size", c.size); io("size_px", c.size_px);
                  io("size_m", c.size_m); io("eye_dome", c.eye_dome); io("eye_dome_strength", c.eye_dome_strength);
                  io("hidden_classes", c.hidden_classes); io("clip", c.clip); io("range_low", c.range_low);
                  io("range_high", c.range_high); io("point_budget", c.point_budget); io("memory_mib", c.memory_mib))
HASHIMICHI_FIELDS(render::Look, io("ground", c.ground); io("colour_by", c.colour_by); io("sun", c.sun);
                  io("snow", c.snow); io("ambient_occlusion", c.ambient_occlusion);
                  io("labels_dense", c.labels_dense); io("clip", c.clip))
HASHIMICHI_FIELDS(measure::SectionWish, io("line", c.line); io("width_m", c.width_m); io("from_m", c.from_m);
                  io("to_m", c.to_m); io("lowest_m", c.lowest_m); io("highest_m", c.highest_m); io("limit", c.limit))
HASHIMICHI_FIELDS(assess::snow::WhatIf, io("snowfall_factor", c.snowfall_factor); io("added_snow_cm", c.added_snow_cm);
                  io("air_offset_c", c.air_offset_c); io("trigger_factor", c.trigger_factor);
                  io("weights", c.weights))
HASHIMICHI_FIELDS(import::Selection, io("area", c.area); io("types", c.types); io("lods", c.lods))
HASHIMICHI_FIELDS(import::Options, io("source_crs", c.source_crs); io("encoding", c.encoding);
                  io("project_crs", c.project_crs); io("field_map", c.field_map);
                  io("fill_terrain_m", c.fill_terrain_m); io("threads", c.threads); io("geoid", c.geoid);
                  io("unpack_folder", c.unpack_folder); io("selection", c.selection))
HASHIMICHI_FIELDS(ImportChoice, io("unwanted_types", c.unwanted_types); io("unwanted_lods", c.unwanted_lods);
                  io("area", c.area); io("mesh_codes", c.mesh_codes); io("source_crs", c.source_crs);
                  io("encoding", c.encoding); io("geoid", c.geoid); io("fill_terrain_m", c.fill_terrain_m))

HASHIMICHI_COMMAND(OpenProject, "open_project", io("folder", c.folder))
HASHIMICHI_COMMAND(OpenDemo, "open_demo")
HASHIMICHI_COMMAND(ImportFiles, "import_files", io("paths", c.paths); io("options", c.options);
                   io("project_folder", c.project_folder))
HASHIMICHI_COMMAND(SurveyFiles, "survey_files", io("paths", c.paths); io("options", c.options);
                   io("project_folder", c.project_folder))
HASHIMICHI_COMMAND(ImportPending, "import_pending", io("choice", c.choice))
HASHIMICHI_COMMAND(ShowProblem, "show_problem", io("feature_id", c.feature_id); io("position", c.position))
HASHIMICHI_COMMAND(ExportRanking, "export_ranking", io("format", c.format); io("path", c.path))
HASHIMICHI_COMMAND(SaveReport, "save_report", io("path", c.path))
HASHIMICHI_COMMAND(SavePicture, "save_picture", io("path", c.path))
HASHIMICHI_COMMAND(CancelJob, "cancel_job", io("id", c.id))
HASHIMICHI_COMMAND(Quit, "quit")
HASHIMICHI_COMMAND(SetSubject, "set_subject", io("subject", c.subject))
HASHIMICHI_COMMAND(SetProfile, "set_profile", io("id", c.id))
HASHIMICHI_COMMAND(SetWhatIf, "set_what_if", io("what_if", c.what_if))
HASHIMICHI_COMMAND(SetTime, "set_time", io("at", c.at))
HASHIMICHI_COMMAND(StepTime, "step_time", io("hours", c.hours))
HASHIMICHI_COMMAND(SetPlaying, "set_playing", io("playing", c.playing))
HASHIMICHI_COMMAND(SetResult, "set_result", io("id", c.id))
HASHIMICHI_COMMAND(SelectAsset, "select_asset", io.flat(c.asset))
HASHIMICHI_COMMAND(SelectAssets, "select_assets", io("assets", c.assets))
HASHIMICHI_COMMAND(HoverAsset, "hover_asset", io.flat(c.asset))
HASHIMICHI_COMMAND(SetLayerVisible, "set_layer_visible", io("layer", c.layer); io("visible", c.visible))
HASHIMICHI_COMMAND(SetLod, "set_lod", io("type", c.type); io("lod", c.lod))
HASHIMICHI_COMMAND(FlyTo, "fly_to", io("to", c.viewpoint); io("pose", c.pose))
HASHIMICHI_COMMAND(ToggleOrthographic, "toggle_orthographic")
HASHIMICHI_COMMAND(SetLanguage, "set_language", io("language", c.language))
HASHIMICHI_COMMAND(SetTheme, "set_theme", io("theme", c.theme))
HASHIMICHI_COMMAND(SetTextScale, "set_text_scale", io("scale", c.scale))
HASHIMICHI_COMMAND(SetMousePreset, "set_mouse_preset", io("preset", c.preset))
HASHIMICHI_COMMAND(AskPath, "ask_path", io("purpose", c.purpose))
HASHIMICHI_COMMAND(ShowTour, "show_tour", io("step", c.step))
HASHIMICHI_COMMAND(ShowWindow, "show_window", io("window", c.window); io("open", c.open))
HASHIMICHI_COMMAND(DismissNotice, "dismiss_notice", io("index", c.index))

HASHIMICHI_COMMAND(SetPointStyle, "set_point_style", io("style", c.style))
HASHIMICHI_COMMAND(SetCloudVisible, "set_cloud_visible", io("cloud", c.cloud); io("visible", c.visible))
HASHIMICHI_COMMAND(SetPointTool, "set_point_tool", io("tool", c.tool))
HASHIMICHI_COMMAND(AddPick, "add_pick", io("place", c.place); io("hit", c.hit))
HASHIMICHI_COMMAND(TakeBackPick, "take_back_pick")
HASHIMICHI_COMMAND(FinishPicks, "finish_picks")
HASHIMICHI_COMMAND(RenameMeasurement, "rename_measurement", io("id", c.id); io("name", c.name))
HASHIMICHI_COMMAND(RemoveMeasurement, "remove_measurement", io("id", c.id))
HASHIMICHI_COMMAND(SelectMeasurement, "select_measurement", io("id", c.id))
HASHIMICHI_COMMAND(ExportMeasurements, "export_measurements", io("path", c.path))
HASHIMICHI_COMMAND(MeasureClearance, "measure_clearance", io("bridge", c.bridge); io("water_level_m", c.water_level_m))
HASHIMICHI_COMMAND(SetSectionWidth, "set_section_width", io("width_m", c.width_m))
HASHIMICHI_COMMAND(CutSection, "cut_section", io("wish", c.wish); io("name", c.name))
HASHIMICHI_COMMAND(ExportSection, "export_section", io("path", c.path))
HASHIMICHI_COMMAND(SaveSectionPicture, "save_section_picture", io("path", c.path))
HASHIMICHI_COMMAND(MeasureRoad, "measure_road", io("road", c.road); io("every_m", c.every_m);
                   io("half_width_m", c.half_width_m); io("lanes", c.lanes))
HASHIMICHI_COMMAND(ExportRoadSections, "export_road_sections", io("path", c.path))
HASHIMICHI_COMMAND(CompareClouds, "compare_clouds", io("kind", c.kind); io("before", c.before); io("after", c.after);
                   io("asset", c.asset))

HASHIMICHI_COMMAND(AddNote, "add_note", io("place", c.place); io("text", c.text); io("asset", c.asset))
HASHIMICHI_COMMAND(ChangeNote, "change_note", io("id", c.id); io("text", c.text); io("done", c.done))
HASHIMICHI_COMMAND(RemoveNote, "remove_note", io("id", c.id))
HASHIMICHI_COMMAND(SelectNote, "select_note", io("id", c.id))
HASHIMICHI_COMMAND(SaveViewpoint, "save_viewpoint", io("name", c.name); io("pose", c.pose))
HASHIMICHI_COMMAND(RenameViewpoint, "rename_viewpoint", io("id", c.id); io("name", c.name))
HASHIMICHI_COMMAND(RemoveViewpoint, "remove_viewpoint", io("id", c.id))
HASHIMICHI_COMMAND(GoToViewpoint, "go_to_viewpoint", io("id", c.id))
HASHIMICHI_COMMAND(Undo, "undo")
HASHIMICHI_COMMAND(Redo, "redo")
HASHIMICHI_COMMAND(GoToStep, "go_to_step", io("step", c.step))

HASHIMICHI_COMMAND(SearchFor, "search_for", io("words", c.words))
HASHIMICHI_COMMAND(ShowFound, "show_found", io("index", c.index))
HASHIMICHI_COMMAND(AskPlace, "ask_place", io("place", c.place))

HASHIMICHI_COMMAND(SaveNow, "save_now")
HASHIMICHI_COMMAND(PackProject, "pack_project", io("path", c.path))
HASHIMICHI_COMMAND(UnpackProject, "unpack_project", io("path", c.path))
HASHIMICHI_COMMAND(ForgetRecent, "forget_recent", io("folder", c.folder))
HASHIMICHI_COMMAND(RepairLink, "repair_link", io("missing", c.missing); io("found", c.found))
HASHIMICHI_COMMAND(RecoverProject, "recover_project", io("take_over", c.take_over))
HASHIMICHI_COMMAND(ShowLinks, "show_links", io("open", c.open))

HASHIMICHI_COMMAND(SetLook, "set_look", io("look", c.look))
HASHIMICHI_COMMAND(ShowViewshed, "show_viewshed", io("ground", c.ground); io("eye_height_m", c.eye_height_m);
                   io("reach_m", c.reach_m))
HASHIMICHI_COMMAND(SetMomentComparison, "set_moment_comparison", io("view", c.view); io("other", c.other);
                   io("split", c.split))
HASHIMICHI_COMMAND(FilmTown, "film_town", io("along", c.along); io("out", c.out); io("width_px", c.width_px);
                   io("height_px", c.height_px); io("seconds", c.seconds);
                   io("frames_per_second", c.frames_per_second); io("legend", c.legend))
HASHIMICHI_COMMAND(SetPlayback, "set_playback", io("hours_per_second", c.hours_per_second); io("loop", c.loop))
// clang-format on

#undef HASHIMICHI_COMMAND
#undef HASHIMICHI_FIELDS
#undef HASHIMICHI_ENUM

}  // namespace hashimichi::app::text
